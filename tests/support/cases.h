/* cases.h: how many random cases a test takes.
 *
 * A plain build takes all of them. Under a sanitizer, which makes everything some ten times slower and looks for other mistakes, a tenth
 * is enough: what they compute is the same. */
#pragma once

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define CASES(n) ((n) / 10)
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define CASES(n) ((n) / 10)
#endif
#endif
#ifndef CASES
#define CASES(n) (n)
#endif
