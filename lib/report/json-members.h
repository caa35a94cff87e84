/* json-members.h: members of JSON objects, for all that the program prints as JSON, and the way back. Internal. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

void orr_json_add_text (JsonBuilder *json, const char *name, const char *text); /* null where it is NULL */
void orr_json_add_int (JsonBuilder *json, const char *name, gint64 number);
void orr_json_add_bool (JsonBuilder *json, const char *name, gboolean truth);
void orr_json_begin_array (JsonBuilder *json, const char *name);

/* Appends what has been built, a line each member, without a newline at its end. */
void orr_json_print (JsonBuilder *json, GString *text);

/* The value that a text holds; NULL: it holds none that this program could have written. json-glib calls itself for each list within a
 * list, so one that lies deeper than anything is written is refused before it is parsed. The caller unrefs it. */
JsonNode *orr_json_read (const char *text, gsize length);

G_END_DECLS
