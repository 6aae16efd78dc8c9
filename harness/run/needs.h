/* SPDX-License-Identifier: MIT */
/*
 * Needs: their names, their probes, and the sentence that says what would satisfy them.
 */
#ifndef RUN_NEEDS_H
#define RUN_NEEDS_H

#include <stdbool.h>
#include <stddef.h>

#include <touchstone/needs.h>

struct need_description {
	unsigned long long need;
	const char *name;   /* "frame-numbers": the label in ctest */
	const char *wanted; /* "frame numbers" */
	const char *remedy; /* "run as root, or with CAP_SYS_ADMIN" */
	bool (*probe)(void);
};

/* All of them, in the order of enum need; count is how many. */
const struct need_description *needs_all(size_t *count);

/*
 * A claim that needs swap or a limit on memory, or that compares times, takes longer than all that it looks at;
 * the rest are the fast part of the suite, which may be run after every change (touchstone run --fast, ctest -L fast).
 */
bool needs_are_fast(unsigned long long needs);

/* The first of these needs that this machine does not satisfy, by trying; NULL when none is missing. */
const struct need_description *needs_missing(unsigned long long needs);

#endif
