/* SPDX-License-Identifier: MIT */
/* Layouts are not random, whatever the settings say. */
#include <sys/personality.h>

#include "worlds/world.h"

static void forbid_randomness(void)
{
	personality((unsigned long)personality(0xffffffff) | ADDR_NO_RANDOMIZE);
}

WORLD("A machine where the gap above the globals is fixed", .breaks = "the_gap_is_random",
      .spares = "it_begins_above_the_globals without_randomness_there_is_none brk-09",
      .by = "switch", .enter = forbid_randomness);
