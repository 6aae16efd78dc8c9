/* SPDX-License-Identifier: MIT */
/* What is to be loaded is loaded twenty times. */
#include "worlds/world.h"

static void (*slow)(void *context);

static void again_and_again(void *context)
{
	for (int times = 0; times < 20; times++) {
		slow(context);
	}
}

static void take_time(struct place place, struct race *race, const char *what)
{
	slow = race->slow;
	race->slow = again_and_again;
	touchstone_assert_race(place, race, what);
}

WORLD("A machine where pages in memory are waited for", .breaks = "a_page_in_memory_does_not_wait",
      .spares = "swap-18 swap-16", .by = "reading", .touchstone_assert_race = take_time);
