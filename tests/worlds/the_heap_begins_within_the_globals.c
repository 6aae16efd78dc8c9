/* SPDX-License-Identifier: MIT */
/* The kernel takes the program to be three pages shorter than it is, and adds no gap. */
#include <sys/personality.h>

#include <touchstone/memory.h>

#include "worlds/images.h"
#include "worlds/world.h"

static void forbid_randomness(void)
{
	personality((unsigned long)personality(0xffffffff) | ADDR_NO_RANDOMIZE);
}

static void shorten(int file)
{
	struct image *image = read_image(file);

	image->data->p_memsz -= 3 * page_size();
	write_image(image);
}

WORLD("A machine whose heap begins within the globals",
      .breaks = "it_begins_above_the_globals without_randomness_there_is_none",
      .spares = "it_is_listed_as_heap brk-01", .enter = forbid_randomness, .image = shorten);
