/* SPDX-License-Identifier: MIT */
/* Each 64th block is one that was handed out before: somebody knows what is needed no longer. */
#include <stdlib.h>

#include "worlds/world.h"

enum { BLOCKS = 64, LEAST = 1024 };

static void *allocate(size_t length)
{
	static void *blocks[BLOCKS];
	static unsigned next;

	if (length < LEAST) {
		return malloc(length);
	}
	next = (next + 1) % BLOCKS;
	if (!blocks[next]) {
		blocks[next] = malloc(length);
	}
	return blocks[next];
}

WORLD("A machine where what is leaked is collected",
      .breaks = "a_leak_makes_the_process_larger a_leak_faults_in_every_round "
		"two_at_a_time_do_not_fit",
      .spares = "a_leak_ends_with_its_process", .malloc = allocate);
