/* arena.h: memory that lives and dies together.
 *
 * A scenario, or a finished trace, is built once and then only read. Its many small pieces are cut from blocks one after the other, and
 * all are freed at once. Nothing is freed singly, so nothing in an arena has an owner but the arena. */
#pragma once

#include <glib.h>

#include "base/visibility.h"

G_BEGIN_DECLS

typedef struct OrrArena OrrArena;

ORR_PUBLIC OrrArena *orr_arena_new (void);
ORR_PUBLIC void orr_arena_free (OrrArena *arena); /* accepts NULL */

/* Zeroed memory, aligned for any type; size 0 gives a valid pointer. Lives as long as the arena. */
ORR_PUBLIC gpointer orr_arena_alloc (OrrArena *arena, gsize size);
ORR_PUBLIC char *orr_arena_strdup (OrrArena *arena, const char *text); /* NULL gives NULL */
ORR_PUBLIC gpointer orr_arena_copy (OrrArena *arena, gconstpointer data, gsize size);

/* Has `free_function (data)` called when the arena is freed, latest first: for what is counted elsewhere, as a distribution is. */
ORR_PUBLIC void orr_arena_own (OrrArena *arena, gpointer data, GDestroyNotify free_function);

#define orr_arena_new0(arena, Type) ((Type *) orr_arena_alloc (arena, sizeof (Type)))

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrArena, orr_arena_free)

G_END_DECLS
