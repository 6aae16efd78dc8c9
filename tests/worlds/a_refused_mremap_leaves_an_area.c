/* SPDX-License-Identifier: MIT */
/* An mremap that fails says so, and leaves nine pages of addresses behind. */
#include <errno.h>
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *leave_an_area(void *old, size_t old_length, size_t new_length, int flags,
			   void *address)
{
	void *area = mremap(old, old_length, new_length, flags, address);

	if (area == MAP_FAILED) {
		int error = errno;

		mmap(NULL, 9 * page_size(), PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		errno = error;
	}
	return area;
}

WORLD("A machine where an mremap that fails leaves an area behind", .breaks = "the_map_stays",
      .spares = "more_than_one_area_cannot_grow nothing_cannot_be_moved mremap-02 mremap-10",
      .mremap = leave_an_area);
