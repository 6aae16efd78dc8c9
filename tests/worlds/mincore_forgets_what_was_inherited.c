/* SPDX-License-Identifier: MIT */
/* In a child the pages that its parent had touched are said not to be there. */
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static bool is_new;

static void begin(void)
{
	is_new = true;
}

static int tell(void *address, size_t length, unsigned char *told)
{
	int answer = mincore(address, length, told);

	if (answer == 0 && is_new && length > 0) {
		is_new = false;
		memset(told, 0, (length - 1) / page_size() + 1);
	}
	return answer;
}

WORLD("A machine whose mincore forgets what a child inherited",
      .breaks = "a_child_has_what_its_parent_had",
      .spares = "private_memory_is_there_once_touched mincore-02 mincore-04", .mincore = tell,
      .born = begin);
