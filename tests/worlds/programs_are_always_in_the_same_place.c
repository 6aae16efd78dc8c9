/* SPDX-License-Identifier: MIT */
/* Nothing is put at random places. */
#include <sys/personality.h>

#include <touchstone/outcome.h>

#include "worlds/world.h"

static void give_up_chance(void)
{
	arrange(personality(ADDR_NO_RANDOMIZE) >= 0);
}

WORLD("A machine where programs are always in the same place",
      .breaks = "an_image_moves_as_a_whole.a_movable_image_moves "
		"a_fixed_image_never_moves",
      .spares = "its_parts_keep_their_distances it_moves_by_whole_pages", .enter = give_up_chance,
      .by = "switch");
