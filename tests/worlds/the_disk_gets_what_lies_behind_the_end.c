/* SPDX-License-Identifier: MIT */
/*
 * The rest of a last page is written to the disk with it, and shows when the file is made
 * longer.
 */
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/gate.h"

enum { LARGEST_PAGE = 64 * 1024 };

static char tail[LARGEST_PAGE];
static off_t end;
static size_t length_of_tail;

static int write_page(void *address, size_t length, int flags)
{
	const struct mapping *mapping = gate_mapping_of(address);
	struct stat file;

	if (mapping && mapping->flags & MAP_SHARED && fstat(mapping->fd, &file) == 0 &&
	    (size_t)file.st_size < length) {
		end = file.st_size;
		length_of_tail = page_size() - (size_t)end % page_size();
		memcpy(tail, mapping->start + end, length_of_tail);
	}
	return msync(address, length, flags);
}

static int lengthen(int fd, off_t length)
{
	int answer = ftruncate(fd, length);

	if (length_of_tail > 0 && length >= end + (off_t)length_of_tail) {
		(void)!pwrite(fd, tail, length_of_tail, end);
	}
	return answer;
}

WORLD("A machine where the disk gets what lies behind the end of a file",
      .breaks = "the_disk_never_gets_them",
      .spares = "they_take_stores they_do_not_make_it_longer the_last_byte_before_the_end_stays",
      .msync = write_page, .ftruncate = lengthen);
