/* lsn.h: positions in the write-ahead log.
 *
 * A log sequence number is the 64-bit byte position of a record's end. PostgreSQL prints it as two
 * hexadecimal halves, X/Y, without leading zeros, and that is where people go wrong: as text 0/9000000 comes
 * after 0/10000000. */
#pragma once

#include "engine/model.h"

typedef guint64 Lsn;

#define LSN_TEXT_SIZE 18 /* "FFFFFFFF/FFFFFFFF" and the NUL */

extern const OrrType lsn_type;
#define orr_type_LSN lsn_type /* so that ORR_FIELD (…, LSN) finds it */

void lsn_print (Lsn lsn, char text[LSN_TEXT_SIZE]);

/* Has `position` come as far as `wanted`? `as_text` compares as seed scripts do: character by character. */
gboolean lsn_reached (Lsn position, Lsn wanted, gboolean as_text);
