/* SPDX-License-Identifier: MIT */
/* Ratios of times: touchstone/timing.h on the stopwatch. */
#include <touchstone/timing.h>

#include <stdbool.h>
#include <stdio.h>

#include <touchstone/processors.h>

#include "instruments/stopwatch.h"

/*
 * The first round is never typical, and a neighbour may disturb whoever comes first in several rounds
 * in a row: so the two change places, and no ratio counts before a few rounds, which have to outlast
 * what a scheduler lets one wait.
 */
enum { USUAL_ROUNDS = 60, LEAST_ROUNDS = 6, LEAST_NS = 50 * 1000 * 1000 };

/* How long it takes, at least a nanosecond, so that it can be divided by. */
static double time_of(void (*before)(void *context), void (*timed)(void *context), void *context)
{
	if (before) {
		before(context);
	}

	uint64_t start = stopwatch_ns();

	timed(context);

	uint64_t end = stopwatch_ns();

	return end > start ? (double)(end - start) : 1;
}

static bool is_as_demanded(const struct race *race, double ratio)
{
	return race->wanted > 0 ? ratio >= race->wanted : ratio <= race->at_most;
}

double run_race(struct race *race)
{
	int rounds = race->rounds ? race->rounds : USUAL_ROUNDS;
	uint64_t start = stopwatch_ns();
	double ratio = 0;

	for (int round = 1; round <= rounds; round++) {
		double slow = 0, fast = 0;

		for (int turn = 0; turn < 2; turn++) {
			if ((round + turn) % 2) {
				slow = time_of(race->before_slow, race->slow, race->context);
			} else {
				fast = time_of(race->before_fast, race->fast, race->context);
			}
		}
		race->slow_ns = round == 1 || slow < race->slow_ns ? slow : race->slow_ns;
		race->fast_ns = round == 1 || fast < race->fast_ns ? fast : race->fast_ns;
		ratio = race->slow_ns / race->fast_ns;
		if (round >= LEAST_ROUNDS && stopwatch_ns() - start >= LEAST_NS &&
		    is_as_demanded(race, ratio)) {
			break;
		}
	}
	return ratio;
}

void touchstone_assert_raced(struct place place, const struct race *race, const char *what)
{
	double ratio = race->slow_ns / race->fast_ns;
	char expected[300];

	evidence(what, "%.0f ns against %.0f ns: %.2f times", race->slow_ns, race->fast_ns, ratio);
	if (is_as_demanded(race, ratio)) {
		return;
	}
	if (this_machine_is_slow()) {
		undecided("needs times that tell something: this machine is said to be slow "
			  "(TOUCHSTONE_PATIENCE)");
	}
	snprintf(expected, sizeof expected, "%s: at %s %.1f times as long", what,
		 race->wanted > 0 ? "least" : "most",
		 race->wanted > 0 ? race->wanted : race->at_most);
	broken(place, expected, "%.2f times: %.0f ns against %.0f ns", ratio, race->slow_ns,
	       race->fast_ns);
}

void touchstone_assert_race(struct place place, struct race *race, const char *what)
{
	run_race(race);
	touchstone_assert_raced(place, race, what);
}
