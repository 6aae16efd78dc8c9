/* SPDX-License-Identifier: MIT */
/*
 * The processor has no accessed bit. When a page has been forbidden and is allowed again its entry is
 * missing, though not its bytes, and the next load tells the kernel by a fault.
 */
#include <sys/mman.h>

#include "worlds/gate.h"

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	if (flags & MAP_ANONYMOUS && flags & MAP_PRIVATE && protection & PROT_WRITE) {
		flags = (flags & ~MAP_PRIVATE) | MAP_SHARED;
	}
	return mmap(address, length, protection, flags, fd, offset);
}

static int allow(void *address, size_t length, int protection)
{
	const struct mapping *mapping = gate_mapping_of(address);

	if (protection & PROT_WRITE && mapping && mapping->flags & MAP_ANONYMOUS) {
		madvise(address, length, MADV_DONTNEED); /* shared: the bytes stay */
	}
	return mprotect(address, length, protection);
}

WORLD("A machine whose uses are noted by faults",
      .breaks = "noting_costs_no_fault a_forbidden_page_stays_present",
      .spares = "the_bit_is_set_by_a_touch", .mmap = map, .mprotect = allow);
