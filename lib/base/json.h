/* json.h: the JSON that the library writes itself.
 *
 * Records print themselves as JSON straight from their field tables. What they need is here: texts, which may hold anything, and reals. What is
 * written is valid JSON whatever the text, and YAML reads it alike, since JSON's escapes are YAML's too. Internal. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* TRUE where a character may stand in a file as itself: no control, no line separator, nothing that hides or turns the direction of what follows. */
gboolean orr_character_is_plain (gunichar character);

/* Appends a text in double quotes. Bytes that are not UTF-8 become U+FFFD. */
void orr_json_print_text (const char *text, GString *json);

/* Appends the shortest number that reads back to the same double; null where there is no number for it. */
void orr_json_print_real (double value, GString *json);

/* Reads a text in double quotes, as orr_json_print_text writes it, that starts at **cursor, and moves the cursor behind it. NULL where it is
 * none. The caller frees it. */
char *orr_json_parse_text (const char **cursor);

G_END_DECLS
