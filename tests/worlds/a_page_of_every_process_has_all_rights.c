/* SPDX-License-Identifier: MIT */
/* Somewhere in every process there is a page that may be read, written and executed. */
#include <sys/mman.h>

#include <touchstone/memory.h>
#include <touchstone/outcome.h>

#include "worlds/world.h"

static void map_one(void)
{
	if (mmap(NULL, page_size(), PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS,
		 -1, 0) == MAP_FAILED) {
		undecided("needs leave to map memory writable and executable");
	}
}

WORLD("A machine where a page of every process has all rights", .breaks = "this_program_has_none",
      .spares = "no_program_begins_with_one prot-01", .enter = map_one);
