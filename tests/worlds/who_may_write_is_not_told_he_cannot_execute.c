/* SPDX-License-Identifier: MIT */
/* Memory that is asked for with all rights can be read and written only. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	return mmap(address, length, protection & PROT_WRITE ? protection & ~PROT_EXEC : protection,
		    flags, fd, offset);
}

WORLD("A machine that gives less than all rights without a word",
      .breaks = "no_area_is_writable_and_executable.who_asks_for_one_has_one",
      .spares = "this_program_has_none no_program_begins_with_one prot-02", .mmap = map);
