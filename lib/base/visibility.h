/* visibility.h: which of the library's functions the outside may call.
 *
 * The library is compiled with hidden symbols; what a header promises to programs and to models from outside is marked ORR_PUBLIC. What
 * is not marked is shared between the rooms of the library alone. */
#pragma once

#define ORR_PUBLIC __attribute__ ((visibility ("default")))
