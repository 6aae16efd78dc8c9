/* SPDX-License-Identifier: MIT */
/* Behind the last byte that was asked for, the last page of a mapping of a file is zeros. */
#include <string.h>
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *end_there(void *address, size_t length, int protection, int flags, int fd,
		       off_t offset)
{
	char *area = mmap(address, length, protection, flags, fd, offset);
	size_t rest = length % page_size();

	if (area != MAP_FAILED && rest && !(flags & MAP_ANONYMOUS) && protection & PROT_WRITE &&
	    flags & MAP_PRIVATE) {
		memset(area + length, 0, page_size() - rest);
	}
	return area;
}

WORLD("A machine where a private mapping of a file ends at the byte that was asked for",
      .breaks = "a_part_of_a_page_is_a_page"
		" a_length_is_rounded_up_to_whole_pages.a_byte_more_is_a_page_more",
      .spares = "no_length_is_an_error map-01 map-09 map-11", .mmap = end_there);
