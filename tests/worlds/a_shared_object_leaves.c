/* SPDX-License-Identifier: MIT */
/* After MREMAP_DONTUNMAP the old place of shared memory is private memory. */
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "worlds/gate.h"

#ifndef MREMAP_DONTUNMAP
#define MREMAP_DONTUNMAP 4
#endif

static long leave(long number, const long argument[6])
{
	long old = argument[0], to = argument[4], flags = argument[3];
	size_t old_length = (size_t)argument[1], new_length = (size_t)argument[2];

	if (number == SYS_mremap) {
		long answer = syscall(number, old, old_length, new_length, flags, to);
		const struct mapping *area = gate_mapping_of((void *)old);

		if (answer != -1 && flags & MREMAP_DONTUNMAP && area && area->flags & MAP_SHARED) {
			mmap((void *)old, old_length, PROT_READ | PROT_WRITE,
			     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
		}
		return answer;
	}
	return syscall(number, old, old_length, new_length, flags, to, argument[5]);
}

WORLD("A machine where shared memory leaves its old place", .breaks = "mremap-08",
      .spares = "mremap-06 mremap-07 a_usual_move_leaves_nothing", .syscall = leave);
