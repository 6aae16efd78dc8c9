/* SPDX-License-Identifier: MIT */
/* Who gets the rights to pages back finds the first one unmapped: the next load of it faults. */
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int give_back(void *address, size_t length, int protection)
{
	int answer = mprotect(address, length, protection);
	int fd = protection & PROT_WRITE ? memfd_create("page", MFD_CLOEXEC) : -1;

	if (fd >= 0) {
		arrange(pwrite(fd, address, page_size(), 0) == (ssize_t)page_size());
		mmap(address, page_size(), protection, MAP_PRIVATE | MAP_FIXED, fd, 0);
		close(fd);
	}
	return answer;
}

WORLD("A machine where rights that are given back cost a fault", .breaks = "sampling_costs_no_trap",
      .spares = "age_is_free exact_recency_traps_always a_bit_costs_less_than_the_order",
      .mprotect = give_back);
