/* SPDX-License-Identifier: MIT */
/* MREMAP_DONTUNMAP gives the new place frames of its own. */
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

#ifndef MREMAP_DONTUNMAP
#define MREMAP_DONTUNMAP 4
#endif

static long copy(long number, const long argument[6])
{
	long old = argument[0], to = argument[4], flags = argument[3];
	size_t old_length = (size_t)argument[1], new_length = (size_t)argument[2];

	if (number == SYS_mremap) {
		long answer = syscall(number, old, old_length, new_length, flags, to);

		for (size_t at = 0; answer != -1 && flags & MREMAP_DONTUNMAP && at < old_length;
		     at += page_size()) {
			char *byte = (char *)answer + at;

			store(byte, load(byte));
		}
		return answer;
	}
	return syscall(number, old, old_length, new_length, flags, to, argument[5]);
}

WORLD("A machine where MREMAP_DONTUNMAP copies", .breaks = "the_frames_have_gone",
      .spares = "the_old_place_is_empty it_obeys_an_order mremap-07 mremap-08", .syscall = copy);
