/* SPDX-License-Identifier: MIT */
/* A swap device whose statistics stand still: what is swapped has been written nowhere. */
#include "worlds/world.h"

static struct swap_traffic traffic(const struct swap_area *area)
{
	(void)area;
	return (struct swap_traffic){0};
}

WORLD("A machine where nothing is written to swap",
      .breaks = "each_page_is_written what_was_only_read_costs_no_write "
		"what_was_stored_into_is_written",
      .spares = "each_page_gets_a_slot the_slot_stays", .by = "reading",
      .swap_traffic_of = traffic);
