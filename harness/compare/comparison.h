/* SPDX-License-Identifier: MIT */
/* Several machines side by side: what differs in outcome first, then what differs in evidence. */
#ifndef COMPARE_COMPARISON_H
#define COMPARE_COMPARISON_H

#include <stdio.h>

#include "compare/evidence.h"

enum likeness { OTHER_OUTCOME, OTHER_EVIDENCE, ALIKE, LIKENESSES };

/* A claim that at least one machine tried. */
struct row {
	const char *name, *sentence;
	enum likeness likeness;
};

struct comparison {
	const struct evidence *machines;
	size_t machine_count;
	struct row *rows; /* by likeness, then by name */
	size_t row_count;
	size_t counts[LIKENESSES];
};

/* False where memory is short. */
bool comparison_make(struct comparison *comparison, const struct evidence *machines, size_t count);
void comparison_free(struct comparison *comparison);

/* "holds", or "-" where the machine did not try it. */
const char *comparison_outcome(const struct evidence *machine, const char *claim);

/*
 * Whether two values say the same: long hexadecimal numbers in them (addresses, frames) and figures of
 * time differ from run to run, and do not count.
 */
bool values_agree(const char *one, const char *other);

/* The machine's letter: A for the first. */
char machine_letter(size_t machine);

/* all: also the claims that are alike. */
void comparison_text(FILE *out, const struct comparison *comparison, bool all);
void comparison_json(FILE *out, const struct comparison *comparison, bool all);
void comparison_html(FILE *out, const struct comparison *comparison, bool all);

#endif
