/* SPDX-License-Identifier: MIT */
/* After the pressure the last byte of a page is lost when the page is touched again. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static void lose_last_byte(char *touched)
{
	store(touched + page_size() - 1, '!');
}

static void limit(const struct memory_group *group, size_t bytes)
{
	limit_memory_group(group, bytes);
	watch_private(PROT_NONE, lose_last_byte);
}

WORLD("A machine where what was swapped comes back a byte short",
      .breaks = "a_touch_brings_its_own_page_back", .spares = "room_alone_brings_nothing_back",
      .limit_memory_group = limit);
