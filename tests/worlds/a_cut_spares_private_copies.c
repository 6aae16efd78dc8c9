/* SPDX-License-Identifier: MIT */
/* Pages that were written privately stay where they are when the file is cut. */
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

enum { MOST = 1 << 20 };

static char kept[MOST];
static int cut;
static off_t end, former_end;

/* The copies, which differ from the file, are put back as memory that has no file. */
static void spare(const struct mapping *mapping)
{
	for (size_t at = 0; is_private(mapping) && mapping->fd == cut && at < mapping->length &&
			    (off_t)(at + page_size()) <= former_end;
	     at += page_size()) {
		char *copy = mapping->start + at;

		if ((off_t)at >= end && memcmp(copy, kept + at, page_size()) != 0) {
			static char bytes[MOST];

			memcpy(bytes, copy, page_size());
			mmap(copy, page_size(), mapping->protection,
			     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
			memcpy(copy, bytes, page_size());
		}
	}
}

static int spare_copies(int fd, off_t length)
{
	struct stat file;

	if (fstat(fd, &file) == 0 && file.st_size > length && file.st_size <= MOST) {
		cut = fd;
		end = length;
		former_end = file.st_size;
		if (pread(fd, kept, (size_t)file.st_size, 0) == file.st_size) {
			gate_each_mapping(spare);
		}
	}
	return ftruncate(fd, length);
}

WORLD("A machine where a cut spares private copies",
      .breaks = "even_private_copies_are_gone no_frame_is_left_behind_the_cut",
      .spares = "pages_that_were_touched_are_gone other_processes_lose_them_too mapfile-06",
      .ftruncate = spare_copies);
