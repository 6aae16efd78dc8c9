/* SPDX-License-Identifier: MIT */
/* Every page of a mapped file is read alone, whatever the program says. */
#include <sys/mman.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	return madvise(address, length, advice == MADV_NORMAL ? MADV_RANDOM : advice);
}

WORLD("A machine that reads nothing ahead for mappings",
      .breaks = "a_walk_waits_less_often_than_it_steps the_first_load_brings_more_than_its_page",
      .spares = "mapfile-24 mapfile-19 who_says_random_gets_no_more", .madvise = advise);
