/* fuzz.h: what the fuzz targets share.
 *
 * A target is a function that takes any bytes and must come back: no crash, no hang, no memory without bound. libFuzzer makes the bytes, led by
 * which branches they reach; replay.c feeds a target the bytes of files. What a target promises beyond coming back, it asserts. */
#pragma once

#include <glib.h>
#include <stddef.h>
#include <stdint.h>

/* By libFuzzer's names. */
int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);
