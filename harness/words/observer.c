/* SPDX-License-Identifier: MIT */
/* An observation that fails is an error of the set-up: nothing is said of the claim. */
#include "words/observer.h"

#include <string.h>

#include "instruments/arena.h"
#include "run/outcome.h"

void *observer_memory(size_t length)
{
	void *memory = arena_take(length);

	if (!memory) {
		outcome_error("the harness has no room left for what was observed (%zu bytes)",
			      length);
	}
	return memory;
}

void observer_demands(long result, const char *what)
{
	if (result < 0) {
		outcome_if_short_of((int)-result);
		outcome_error("could not observe %s: %s", what, strerror((int)-result));
	}
}
