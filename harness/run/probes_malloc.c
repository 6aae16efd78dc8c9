/* SPDX-License-Identifier: MIT */
/* Probes: whose malloc this is. */
#include "run/probes.h"

#include <malloc.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SIZES = 24, STEP = 9 };

/* What the libraries read at their start to change their malloc's rules. */
static bool is_tuned(void)
{
	for (char **variable = environ; *variable; variable++) {
		if (strncmp(*variable, "MALLOC_", 7) == 0 ||
		    strncmp(*variable, "GLIBC_TUNABLES=", 15) == 0) {
			return true;
		}
	}
	return false;
}

#ifdef __GLIBC__

/* A word for the block's length, all of it rounded up; four words at least. */
static size_t rounded(size_t length)
{
	size_t word = sizeof(size_t), unit = 2 * word;

	unit = unit < _Alignof(max_align_t) ? _Alignof(max_align_t) : unit;
	length = (length + word + unit - 1) / unit * unit;
	return (length < 4 * word ? 4 * word : length) - word;
}

#else

/* musl owns up to what was asked for and no more. */
static size_t rounded(size_t length)
{
	return length;
}

#endif

/* Each allocator rounds what it is asked for in its own way. */
static bool rounds_as_expected(void)
{
	bool alike = !is_tuned();

	for (size_t length = 1; length < SIZES * STEP; length += STEP) {
		void *volatile block = malloc(length);

		alike = alike && block && malloc_usable_size(block) == rounded(length);
		free(block);
	}
	return alike;
}

bool probe_gnu_malloc(void)
{
#ifdef __GLIBC__
	return rounds_as_expected();
#else
	return false;
#endif
}

bool probe_libc_malloc(void)
{
	return rounds_as_expected();
}
