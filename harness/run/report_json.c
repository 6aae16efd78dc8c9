/* SPDX-License-Identifier: MIT */
/* JSON: the machine, and for each claim its outcome and what was seen. One object. */
#include <time.h>

#include "run/json.h"
#include "run/machine.h"
#include "run/registry.h"
#include "run/report.h"

static void put_member(FILE *out, const char *indent, const char *name, const char *value)
{
	fprintf(out, "%s\"%s\": ", indent, name);
	json_put_string(out, value);
}

static void begin(struct report *report)
{
	(void)report;
}

static void ready(struct report *report, size_t end)
{
	report->next = end;
}

static void put_machine(FILE *out)
{
	struct machine machine;

	machine_look(&machine);
	fputs("  \"machine\": {", out);
	for (size_t i = 0; i < machine.count; i++) {
		put_member(out, i ? ",\n    " : "\n    ", machine.fact[i].name,
			   machine.fact[i].value);
	}
	fputs("\n  },\n", out);
}

static void put_summary(const struct report *report)
{
	struct tally tally = report_tally(report);

	fputs("  \"summary\": {", report->out);
	for (enum outcome o = HOLDS; o < OUTCOMES; o++) {
		fprintf(report->out, "%s\"%s\": %zu", o ? ", " : "", outcome_name(o),
			tally.claims[o] + tally.controls[o]);
	}
	fputs("},\n", report->out);
}

static void put_details(FILE *out, const struct result *result, enum record_kind kind,
			const char *list, const char *name, const char *value)
{
	size_t put = 0;

	fprintf(out, ",\n      \"%s\": [", list);
	for (size_t i = 0; i < result->detail_count; i++) {
		const struct record *detail = &result->details[i];

		if (detail->kind == kind) {
			fprintf(out, "%s{\"%s\": ", put++ ? ",\n        " : "\n        ", name);
			json_put_string(out, detail->field[0]);
			fprintf(out, ", \"%s\": ", value);
			json_put_string(out, detail->field[1]);
			fputc('}', out);
		}
	}
	fputs(put ? "\n      ]" : "]", out);
}

static void put_result(FILE *out, const struct result *result)
{
	const struct claim *claim = result->claim;
	char name[NAME_LENGTH];

	registry_full_name(claim, name);
	put_member(out, "    {\n      ", "name", name);
	put_member(out, ",\n      ", "kind", claim->is_control ? "control" : "claim");
	put_member(out, ",\n      ", "ids", claim->ids);
	put_member(out, ",\n      ", "sentence", claim->sentence);
	put_member(out, ",\n      ", "outcome", outcome_name(result->outcome));
	if (result->outcome == BROKEN) {
		put_member(out, ",\n      ", "expected", result->expected);
		put_member(out, ",\n      ", "seen", result->seen);
	} else if (result->outcome != HOLDS) {
		put_member(out, ",\n      ", "reason", result->reason);
	}
	if (*result->file) {
		put_member(out, ",\n      ", "file", result->file);
		fprintf(out, ",\n      \"line\": %d", result->line);
	}
	put_member(out, ",\n      ", "strength", result->strength);
	fprintf(out, ",\n      \"milliseconds\": %.3f", result->milliseconds);
	put_details(out, result, RECORD_EVIDENCE, "evidence", "name", "value");
	put_details(out, result, RECORD_STRIP, "strips", "label", "pages");
	fputs("\n    }", out);
}

static void finish(struct report *report)
{
	char started[40];
	time_t now = time(NULL);
	struct tm utc;

	gmtime_r(&now, &utc);
	strftime(started, sizeof started, "%Y-%m-%dT%H:%M:%SZ", &utc);
	fputs("{\n", report->out);
	put_member(report->out, "  ", "format", "touchstone evidence 1");
	put_member(report->out, ",\n  ", "version", TOUCHSTONE_VERSION);
	put_member(report->out, ",\n  ", "finished", started);
	fprintf(report->out, ",\n  \"seconds\": %.3f,\n", report->seconds);
	put_machine(report->out);
	put_summary(report);
	fputs("  \"claims\": [\n", report->out);
	for (size_t i = 0; i < report->count; i++) {
		fputs(i ? ",\n" : "", report->out);
		put_result(report->out, &report->results[i]);
	}
	fputs("\n  ]\n}\n", report->out);
}

const struct report_format report_json = {"json", begin, ready, finish};
