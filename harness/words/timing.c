/* SPDX-License-Identifier: MIT */
/* Assertions on ratios of times: touchstone/timing.h on the stopwatch. */
#include <touchstone/timing.h>

#include <stdbool.h>
#include <stdio.h>

void touchstone_assert_race(struct place place, struct race *race, const char *what)
{
	double ratio = run_race(race);
	bool at_least = race->wanted > 0;
	char expected[300];

	evidence(what, "%.0f ns against %.0f ns: %.2f times", race->slow_ns, race->fast_ns, ratio);
	if (at_least ? ratio < race->wanted : ratio > race->at_most) {
		snprintf(expected, sizeof expected, "%s: at %s %.1f times as long", what,
			 at_least ? "least" : "most", at_least ? race->wanted : race->at_most);
		broken(place, expected, "%.2f times: %.0f ns against %.0f ns", ratio, race->slow_ns,
		       race->fast_ns);
	}
}
