/* SPDX-License-Identifier: MIT */
/* Of each new swap area seven eighths cannot be used. */
#include "worlds/world.h"

static struct swap_area make_less(enum swap_kind kind, size_t bytes)
{
	return guard_swap_area(kind, bytes / 8);
}

WORLD("A machine whose swap areas are an eighth of what they seem",
      .breaks = "more_swap_makes_larger_promises where_there_is_room_all_can_leave",
      .spares = "each_promise_is_weighed_alone swap-11", .guard_swap_area = make_less);
