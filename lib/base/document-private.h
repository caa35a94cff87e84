/* document-private.h: what the files that read documents share. Internal. */
#pragma once

#include "base/document.h"

#include <yaml.h>

G_BEGIN_DECLS

/* As orr_yaml_parse; every place in the tree, and every problem, is of `file` (NULL: the file that is being read; else it must live as long as
 * the arena). */
OrrYaml *orr_yaml_parse_from (const char *file, const char *text, gsize length, OrrArena *arena, OrrProblems *problems);

/* FALSE, with a problem, where the text is too large, is not UTF-8, or holds characters that no text should. */
gboolean orr_yaml_check_text (const char *file, const char *text, gsize length, OrrProblems *problems);

/* Says in plain words what the parser did not like in the text. */
void orr_yaml_explain (const yaml_parser_t *parser, const char *file, const char *text, gsize length,
                       OrrProblems *problems);

/* TRUE where the text, written without quotes, is read as this very scalar, in flow style too. */
gboolean orr_yaml_can_be_plain (const char *text);

/* The place of a mark. */
OrrPlace orr_yaml_place (const char *file, yaml_mark_t mark);

G_END_DECLS
