/* SPDX-License-Identifier: MIT */
/* KTAP, flat: one line a claim (Documentation/dev-tools/ktap.rst). */
#include <string.h>

#include "run/registry.h"
#include "run/report.h"

/* A text on one line, without the '#' that would begin a directive. */
static void put(FILE *out, const char *text)
{
	for (; *text; text++) {
		fputc(*text == '\n' || *text == '#' ? ' ' : *text, out);
	}
}

static void diagnose(FILE *out, const char *name, const char *text)
{
	fprintf(out, "# %s: ", name);
	put(out, text);
	fputc('\n', out);
}

static void begin(struct report *report)
{
	fprintf(report->out, "KTAP version 1\n1..%zu\n", report->count);
}

static void tell(const struct report *report, size_t index)
{
	const struct result *result = &report->results[index];
	bool fine = result->outcome == HOLDS || result->outcome == UNDECIDED;
	char name[NAME_LENGTH];

	if (result->outcome == BROKEN) {
		diagnose(report->out, "claim", result->claim->sentence);
		diagnose(report->out, "expected", result->expected);
		diagnose(report->out, "seen", result->seen);
	}
	registry_full_name(result->claim, name);
	fprintf(report->out, "%s %zu %s", fine ? "ok" : "not ok", index + 1, name);
	if (result->outcome == UNDECIDED || result->outcome == ERROR) {
		fprintf(report->out, " # %s ", result->outcome == UNDECIDED ? "SKIP" : "ERROR");
		put(report->out, result->reason);
	}
	fputc('\n', report->out);
}

static void ready(struct report *report, size_t end)
{
	for (; report->next < end; report->next++) {
		tell(report, report->next);
	}
	fflush(report->out);
}

static void finish(struct report *report)
{
	(void)report;
}

const struct report_format report_ktap = {"ktap", begin, ready, finish};
