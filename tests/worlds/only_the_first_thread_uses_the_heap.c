/* SPDX-License-Identifier: MIT */
/* Whatever the program wants, other threads get memory from elsewhere. */
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "worlds/world.h"

static void *allocate(size_t length)
{
	void *area;

	if (syscall(SYS_gettid) == getpid()) {
		return malloc(length);
	}
	area = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return area == MAP_FAILED ? NULL : area;
}

WORLD("A machine where only the first thread uses the heap", .breaks = "they_share_one_if_told_to",
      .spares = "other_threads_allocate_elsewhere", .malloc = allocate);
