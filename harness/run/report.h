/* SPDX-License-Identifier: MIT */
/*
 * Reports: what people and programs read. A report is written to a stream as results come; each
 * format is one file.
 */
#ifndef RUN_REPORT_H
#define RUN_REPORT_H

#include <stdbool.h>
#include <stdio.h>

#include "run/result.h"

struct report {
	FILE *out;
	const char *program; /* how to run a claim again begins with this */
	const struct claim *const *claims;
	const struct result *results;
	size_t count;
	bool colour;
	bool verbose; /* text: lab pages with all evidence, however many experiments */
	bool single;  /* text: the run is about one experiment */
	double seconds;
	/* Kept by the reports themselves. */
	size_t next; /* the first claim that has not been reported */
};

/* How often each outcome came. */
struct tally {
	size_t claims[OUTCOMES], controls[OUTCOMES];
};
struct tally report_tally(const struct report *report);
/* The exit status of a whole run: 1 before 99 before 77 (nothing decided) before 0. */
int report_exit_status(const struct report *report);

/* A format: begin, then ready as often as claims become ready in order (up to, but not
 * including, end), then finish. */
struct report_format {
	const char *name;
	void (*begin)(struct report *report);
	void (*ready)(struct report *report, size_t end);
	void (*finish)(struct report *report);
};
extern const struct report_format report_text, report_ktap, report_json;

/* NULL for an unknown name. */
const struct report_format *report_format_named(const char *name);

#endif
