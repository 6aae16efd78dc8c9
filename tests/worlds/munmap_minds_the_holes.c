/* SPDX-License-Identifier: MIT */
/* As mprotect and mlock do, it answers ENOMEM where it does not find memory everywhere. */
#include <errno.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int mind(void *address, size_t length)
{
	char *start = address;
	unsigned char resident;

	for (size_t at = 0; at < length && length < SIZE_MAX / 2; at += page_size()) {
		if (mincore(start + at, page_size(), &resident) != 0 && errno == ENOMEM) {
			return -1;
		}
	}
	return munmap(address, length);
}

static long mind_the_raw_call_too(long number, const long argument[6])
{
	if (number == SYS_munmap) {
		return mind((void *)argument[0], (size_t)argument[1]);
	}
	return syscall(number, argument[0], argument[1], argument[2], argument[3], argument[4],
		       argument[5]);
}

WORLD("A machine whose munmap answers ENOMEM where there are holes",
      .breaks = "unmapping_nothing_is_no_error munmap-05 munmap-02",
      .spares = "a_crooked_range_is_refused munmap-01 munmap-03", .munmap = mind,
      .syscall = mind_the_raw_call_too);
