/* SPDX-License-Identifier: MIT */
/* The last byte of the last page of a file holds what was in the frame before. */
#include <sys/mman.h>
#include <sys/stat.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *leave(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	char *area = mmap(address, length, protection, flags, fd, offset);
	struct stat file;

	if (area != MAP_FAILED && !(flags & MAP_ANONYMOUS) && protection & PROT_WRITE &&
	    fstat(fd, &file) == 0 && (size_t)file.st_size % page_size() != 0 && offset == 0 &&
	    (size_t)file.st_size < length) {
		page_of(area + file.st_size)[page_size() - 1] = 'x';
	}
	return area;
}

WORLD("A machine where the end of a last page is not cleared",
      .breaks = "the_last_page_is_filled_with_zeros they_take_stores",
      .spares = "each_byte_is_where_read_finds_it they_do_not_make_it_longer mapfile-06",
      .mmap = leave);
