/* SPDX-License-Identifier: MIT */
/* The last page of a mapping of a file cannot be written, whatever was asked for. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	char *area = mmap(address, length, protection, flags, fd, offset);

	if (area != MAP_FAILED && fd >= 0 && length > 3 * page_size()) {
		mprotect(area + length - page_size(), page_size(), protection & ~PROT_WRITE);
	}
	return area;
}

WORLD("A machine where the last page of a file cannot be written",
      .breaks =
	      " "
	      "mprotect_gives_just_the_rights_it_is_told.without_the_call_everything_goes_through "
	      "a_refused_fault_tells_why_and_where.a_permitted_access_tells_nothing",
      .spares = "from_any_rights_to_any_other untouched_pages_obey_too "
		"where_nothing_is_mapped",
      .mmap = map);
