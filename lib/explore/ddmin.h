/* ddmin.h: which of many things are needed?
 *
 * Delta debugging (Zeller & Hildebrandt, Simplifying and Isolating Failure-Inducing Input, IEEE Transactions on Software Engineering 28, 2002): of a
 * set with which a test succeeds, a part is sought with which it still does, and of which no single element can be left out. Chunks are left out
 * first, halves, then quarters and so on, so that a few needed things among many are found in a number of tests that grows with the logarithm of
 * the many.
 *
 * Two liberties are taken. A chunk alone, without all others, is tried only while there are four of them or fewer: of smaller ones that hardly ever
 * succeeds. And a pass goes on where it left something out, instead of beginning anew with large chunks. What the paper proves of the result
 * stays so: in the end every single element was tried in vain with exactly the others there (1-minimality). */
#pragma once

#include <glib.h>

#include "base/visibility.h"

G_BEGIN_DECLS

/* Does it succeed with those elements alone whose flag is TRUE? */
typedef gboolean (*OrrDdminTest) (gpointer data, const gboolean *kept);

/* `kept`, a flag an element, holds which are there, with which the test succeeds, and in the end which were needed. Returns whether any was left
 * out. A test that always fails from some moment on, as one does whose budget is over, leaves what was reached till then. */
ORR_PUBLIC gboolean orr_ddmin (guint n, gboolean *kept, OrrDdminTest test, gpointer data);

G_END_DECLS
