/* SPDX-License-Identifier: MIT */
/* Areas that are advised to be merged, and are equal, become one memory, stores and all. */
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "worlds/world.h"

static void *first;
static int file = -1;

/* KSM comes round only while somebody asks for it. */
static void give_it_another_page(void)
{
	const size_t size = (size_t)sysconf(_SC_PAGESIZE);
	char *area = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (area != MAP_FAILED) {
		*area = 1;
		madvise(area, size, MADV_MERGEABLE);
	}
}

static int advise(void *address, size_t length, int advice)
{
	if (advice != MADV_MERGEABLE) {
		return madvise(address, length, advice);
	}
	give_it_another_page();
	if (!first) {
		first = address;
		file = memfd_create("merged", 0);
		if (pwrite(file, address, length, 0) != (ssize_t)length) {
			return -1;
		}
	} else if (memcmp(first, address, length) != 0) {
		return 0;
	}
	return mmap(address, length, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, file, 0) ==
			       address
		       ? 0
		       : -1;
}

WORLD("A machine whose merged pages stay one when they are written",
      .breaks = "a_store_parts_them_again a_byte_of_difference_is_enough equal_pages_become_one",
      .spares = "opt-03 frag-13", .madvise = advise);
