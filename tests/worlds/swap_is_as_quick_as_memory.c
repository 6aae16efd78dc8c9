/* SPDX-License-Identifier: MIT */
/* Pages have come back from swap before anybody asks for them. */
#include "worlds/world.h"

static void hurry(struct place place, struct race *race, const char *what)
{
	race->before_slow = race->before_fast;
	touchstone_assert_race(place, race, what);
}

WORLD("A machine where swap is as quick as memory", .breaks = "swap-18",
      .spares = "a_page_in_memory_does_not_wait swap-16", .by = "reading",
      .touchstone_assert_race = hurry);
