/* xml.h: any text within XML. Internal. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Appends it so that it is itself again for whoever reads the XML, between tags and within quotes alike. What no XML may hold, control characters
 * and what is no UTF-8, becomes U+FFFD. */
void orr_xml_escape (const char *words, GString *text);

G_END_DECLS
