/* SPDX-License-Identifier: MIT */
/*
 * What the fuzz targets share. Each target is a file with the one function that libFuzzer calls; without
 * libFuzzer (the preset fuzz has it) standalone.c calls it, for each file named on the command line.
 *
 *     cmake --preset fuzz && cmake --build --preset fuzz
 *     build/fuzz/tests/fuzz/fuzz_maps -max_total_time=600 NEW-SEEDS tests/fuzz/seeds/maps
 */
#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Where what is drawn goes: nowhere. */
static inline FILE *nowhere(void)
{
	static FILE *out;

	if (!out) {
		out = fopen("/dev/null", "we");
	}
	return out;
}

#endif
