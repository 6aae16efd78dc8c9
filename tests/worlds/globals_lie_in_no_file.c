/* SPDX-License-Identifier: MIT */
/*
 * The page of an initialised global is copied from the file by the loader, and is no page of it.
 */
#include <string.h>
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/symbols.h"
#include "worlds/world.h"

static void copy_globals(void)
{
	char *globals = page_of(variable_named("an_initialised_global", sizeof(long)));
	char *copy = mmap(NULL, page_size(), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
			  -1, 0);

	arrange(copy != MAP_FAILED);
	memcpy(copy, globals, page_size());
	arrange(mremap(copy, page_size(), page_size(), MREMAP_MAYMOVE | MREMAP_FIXED, globals) ==
		globals);
}

WORLD("A machine where globals lie in no file",
      .breaks = "values_come_from_the_program_and_zeros_from_nowhere",
      .spares = "each_part_lies_in_an_area_of_its_kind the_image_is_in_order",
      .enter = copy_globals);
