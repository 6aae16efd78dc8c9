/* SPDX-License-Identifier: MIT */
/* A stack keeps its distance from what can be written, and grows up to what can only be read. */
#include <touchstone/memory.h>

#include "worlds/world.h"

static char *protected_end; /* of what mprotect has changed last */
static int left;

static int protect(void *address, size_t length, int protection)
{
	protected_end = (char *)address + length;
	left = protection;
	return mprotect(address, length, protection);
}

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	char *area = mmap(address, length, protection, flags, fd, offset);

	if (area != MAP_FAILED && flags & MAP_GROWSDOWN && left == PROT_READ &&
	    protected_end < area) {
		mmap(protected_end, (size_t)(area - protected_end), protection,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	}
	return area;
}

WORLD("A machine where stacks keep no distance from what can only be read",
      .breaks = "growth_stops_short_of_an_obstacle",
      .spares = "the_main_stack_keeps_its_distance stack-02 stack-03", .mmap = map,
      .mprotect = protect);
