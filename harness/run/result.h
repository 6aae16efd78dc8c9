/* SPDX-License-Identifier: MIT */
/*
 * The result of one claim: its outcome, why, and what was seen.
 */
#ifndef RUN_RESULT_H
#define RUN_RESULT_H

#include <stdbool.h>
#include <stddef.h>

#include <touchstone/claim.h>

#include "run/outcome.h"
#include "run/record.h"

struct result {
	const struct claim *claim;
	enum outcome outcome;
	const char *file; /* where it ended; "" when that is not known */
	int line;
	const char *expected; /* of a broken claim */
	const char *seen;
	const char *reason;   /* of an undecided one, or of an error */
	const char *strength; /* what the observer could see; "" when nothing was observed */
	double milliseconds;
	/* Evidence and strips, in the order they were recorded. */
	struct record *details;
	size_t detail_count;
	char *text;       /* what all of the above point into, */
	char *own_reason; /* or, the reason only, where it was found afterwards */
};

/* Fills a result from recorded text of the given length; takes the (malloc'ed) text over. The first
 * record that decides wins. Returns whether the body reached its end. */
bool result_from_records(struct result *result, const struct claim *claim, char *text,
			 size_t length);

/* A reason that is found after that. */
void result_set_reason(struct result *result, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

void result_free(struct result *result);

#endif
