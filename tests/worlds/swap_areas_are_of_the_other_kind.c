/* SPDX-License-Identifier: MIT */
/* Who asks for a swap area on a device gets compressed memory, and the other way round. */
#include "worlds/world.h"

static struct swap_area make(enum swap_kind kind, size_t bytes)
{
	return guard_swap_area(kind == SWAP_ON_ZRAM ? SWAP_ON_LOOP : SWAP_ON_ZRAM, bytes);
}

WORLD("A machine where compressed memory waits and a disk does not", .breaks = "pressure-08",
      .spares = "who_has_enough_neither_misses_nor_sleeps pages_without_a_file_stay",
      .guard_swap_area = make);
