/* json-members.h: members of JSON objects, for all that the program prints as JSON. Internal. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

void orr_json_add_text (JsonBuilder *json, const char *name, const char *text); /* null where it is NULL */
void orr_json_add_int (JsonBuilder *json, const char *name, gint64 number);
void orr_json_add_bool (JsonBuilder *json, const char *name, gboolean truth);
void orr_json_begin_array (JsonBuilder *json, const char *name);

/* Appends what has been built, a line each member, without a newline at its end. */
void orr_json_print (JsonBuilder *json, GString *text);

G_END_DECLS
