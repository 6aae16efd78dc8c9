/* SPDX-License-Identifier: MIT */
/*
 * Evidence files, as `touchstone run --format json` writes them, read back: one machine each. A file that
 * is truncated, of another kind, or at odds with itself is refused with one line.
 */
#ifndef COMPARE_EVIDENCE_H
#define COMPARE_EVIDENCE_H

#include <stdbool.h>
#include <stddef.h>

#include "run/outcome.h"

struct fact {
	const char *name, *value;
};

/* One claim or control. */
struct finding {
	const char *name, *ids, *sentence, *reason; /* reason: "" where it holds */
	bool is_control;
	enum outcome outcome;
	struct fact *facts; /* evidence and strips, in the order in which they were seen */
	size_t fact_count;
};

struct evidence {
	const char *file;
	struct fact *machine;
	size_t machine_count;
	struct finding *findings; /* sorted by name */
	size_t finding_count;
	void *tree; /* what the texts above lie in */
};

enum { COMPLAINT = 400 };

/* False, with one line that says why. */
bool evidence_read(const char *file, struct evidence *evidence, char complaint[COMPLAINT]);
void evidence_free(struct evidence *evidence);

/* NULL where it was not tried there. */
const struct finding *evidence_find(const struct evidence *evidence, const char *name);
const char *evidence_fact(const struct evidence *evidence, const char *name);

#endif
