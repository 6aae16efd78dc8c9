/* SPDX-License-Identifier: MIT */
/* What all report formats share. */
#include "run/report.h"

#include <string.h>

struct tally report_tally(const struct report *report)
{
	struct tally tally = {0};

	for (size_t i = 0; i < report->count; i++) {
		const struct result *result = &report->results[i];

		(result->claim->is_control ? tally.controls : tally.claims)[result->outcome]++;
	}
	return tally;
}

int report_exit_status(const struct report *report)
{
	struct tally tally = report_tally(report);

	for (enum outcome worst = BROKEN; worst <= ERROR; worst += ERROR - BROKEN) {
		if (tally.claims[worst] + tally.controls[worst]) {
			return outcome_exit_status(worst);
		}
	}
	return tally.claims[HOLDS] + tally.controls[HOLDS] || !report->count ? EXIT_HOLDS
									     : EXIT_UNDECIDED;
}

const struct report_format *report_format_named(const char *name)
{
	static const struct report_format *const formats[] = {&report_text, &report_ktap,
							      &report_json};

	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
		if (strcmp(formats[i]->name, name) == 0) {
			return formats[i];
		}
	}
	return NULL;
}
