/* SPDX-License-Identifier: MIT */
/* CLOCK_MONOTONIC in nanoseconds, and the proof that it moves. */
#include <time.h>

#include "instruments/stopwatch.h"

uint64_t stopwatch_ns(void)
{
	struct timespec now;

	if (clock_gettime(CLOCK_MONOTONIC, &now) != 0) {
		return 0;
	}
	return (uint64_t)now.tv_sec * UINT64_C(1000000000) + (uint64_t)now.tv_nsec;
}

bool stopwatch_proves_itself(void)
{
	enum { STEPS = 32, READINGS = 100000, WIDEST_NS = 10000 };
	uint64_t last = stopwatch_ns();
	int narrow = 0, steps = 0;

	for (int i = 0; i < READINGS && steps < STEPS; i++) {
		uint64_t now = stopwatch_ns();

		if (now < last) {
			return false;
		}
		if (now > last) {
			steps++;
			narrow += now - last < WIDEST_NS;
		}
		last = now;
	}
	/* Most of them: between two readings another process may have run. */
	return steps == STEPS && narrow > STEPS / 2;
}
