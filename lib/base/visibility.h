/* visibility.h: which functions are seen outside the library.
 *
 * All is compiled with hidden visibility, so that a function is the library's own business until it is marked. What is not marked can be called
 * from every room of the library, costs no indirection, and may change without notice. */
#pragma once

#define ORR_PUBLIC __attribute__ ((visibility ("default")))
