/* SPDX-License-Identifier: MIT */
/* ADDR_NO_RANDOMIZE is accepted, and changes nothing. */
#include <sys/personality.h>

#include "worlds/world.h"

static int set(unsigned long wanted)
{
	return personality(wanted == 0xffffffff ? wanted
						: wanted & ~(unsigned long)ADDR_NO_RANDOMIZE);
}

WORLD("A machine where a personality does not forbid randomness",
      .breaks = "without_randomness_there_is_none without_randomness_nothing_moves",
      .spares = "the_gap_is_random", .personality = set);
