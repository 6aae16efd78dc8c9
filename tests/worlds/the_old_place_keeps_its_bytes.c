/* SPDX-License-Identifier: MIT */
/* MREMAP_DONTUNMAP leaves a copy behind. */
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "worlds/gate.h"

#ifndef MREMAP_DONTUNMAP
#define MREMAP_DONTUNMAP 4
#endif

static long leave_a_copy(long number, const long argument[6])
{
	long old = argument[0], to = argument[4], flags = argument[3];
	size_t old_length = (size_t)argument[1], new_length = (size_t)argument[2];

	if (number == SYS_mremap) {
		long answer = syscall(number, old, old_length, new_length, flags, to);
		const struct mapping *area = gate_mapping_of((void *)old);

		if (answer != -1 && flags & MREMAP_DONTUNMAP && area && area->flags & MAP_PRIVATE) {
			memcpy((void *)old, (void *)answer, old_length);
		}
		return answer;
	}
	return syscall(number, old, old_length, new_length, flags, to, argument[5]);
}

WORLD("A machine where MREMAP_DONTUNMAP leaves a copy behind", .breaks = "mremap-06",
      .spares = "mremap-07 mremap-08 a_usual_move_leaves_nothing", .syscall = leave_a_copy);
