/* SPDX-License-Identifier: MIT */
/*
 * CLOCK_MONOTONIC in nanoseconds, and the race of touchstone/timing.h.
 */
#include <time.h>

#include <touchstone/timing.h>

#include "instruments/stopwatch.h"

#define DEFAULT_ROUNDS 60
/* A disturbed slow run must not decide alone: no ratio counts before this many rounds. */
#define FEWEST_ROUNDS 5

uint64_t stopwatch_ns(void)
{
	struct timespec now;

	if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
		return 0;
	return (uint64_t)now.tv_sec * UINT64_C(1000000000) + (uint64_t)now.tv_nsec;
}

bool stopwatch_proves_itself(void)
{
	enum { STEPS = 32, READINGS = 100000, WIDEST_NS = 10000 };
	uint64_t last = stopwatch_ns();
	int narrow = 0, steps = 0;

	for (int i = 0; i < READINGS && steps < STEPS; i++) {
		uint64_t now = stopwatch_ns();

		if (now < last)
			return false;
		if (now > last) {
			steps++;
			narrow += now - last < WIDEST_NS;
		}
		last = now;
	}
	/* Most of them: between two readings another process may have run. */
	return steps == STEPS && narrow > STEPS / 2;
}

/* How long it takes, at least a nanosecond so that it can be divided by. */
static double time_of(void (*before)(void *context), void (*run)(void *context), void *context)
{
	uint64_t start, end;

	if (before != NULL)
		before(context);
	start = stopwatch_ns();
	run(context);
	end = stopwatch_ns();
	return end > start ? (double)(end - start) : 1.0;
}

static bool race_is_decided(const struct race *race, double ratio)
{
	return (race->wanted > 0 && ratio >= race->wanted) ||
	       (race->at_most > 0 && ratio <= race->at_most);
}

double run_race(struct race *race)
{
	int rounds = race->rounds > 0 ? race->rounds : DEFAULT_ROUNDS;
	double ratio = 0;

	for (int round = 1; round <= rounds; round++) {
		double slow = time_of(race->before_slow, race->slow, race->context);
		double fast = time_of(race->before_fast, race->fast, race->context);

		if (round == 1 || slow < race->slow_ns)
			race->slow_ns = slow;
		if (round == 1 || fast < race->fast_ns)
			race->fast_ns = fast;
		ratio = race->slow_ns / race->fast_ns;
		if (round >= FEWEST_ROUNDS && race_is_decided(race, ratio))
			break;
	}
	return ratio;
}
