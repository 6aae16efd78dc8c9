/* SPDX-License-Identifier: MIT */
/*
 * When the uses are forgotten the processor notes that the second page of the area last protected was used.
 */
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static char *area;

static int protect(void *address, size_t length, int protection)
{
	area = length > page_size() ? address : NULL;
	return mprotect(address, length, protection);
}

static ssize_t put(int fd, const void *buffer, size_t length)
{
	ssize_t answer = write(fd, buffer, length);

	if (area && length == 1 && load(buffer) == '1') {
		load(page(area, 1));
	}
	return answer;
}

WORLD("A machine where forgetting the uses is a use",
      .breaks = "pressure-13 an_idle_window_sees_nothing", .spares = "pressure-10 oom-03",
      .mprotect = protect, .write = put);
