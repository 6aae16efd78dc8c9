/* SPDX-License-Identifier: MIT */
/*
 * What a file gains after it was mapped the mapping does not show: it goes on to give SIGBUS
 * there.
 */
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static int grown;
static off_t end;

/* Behind the former end there is an empty file from now on. */
static void forget_the_rest(const struct mapping *mapping)
{
	size_t first = ((size_t)end + page_size() - 1) / page_size() * page_size();

	if (is_of_file(mapping) && mapping->fd == grown && first < mapping->length) {
		mmap(mapping->start + first, mapping->length - first, mapping->protection,
		     MAP_PRIVATE | MAP_FIXED, memfd_create("nothing", 0), 0);
	}
}

static void grow(int fd, off_t length)
{
	struct stat file;

	if (fstat(fd, &file) == 0 && file.st_size < length) {
		grown = fd;
		end = file.st_size;
		gate_each_mapping(forget_the_rest);
	}
}

static int lengthen(int fd, off_t length)
{
	grow(fd, length);
	return ftruncate(fd, length);
}

static ssize_t append(int fd, const void *buffer, size_t length, off_t offset)
{
	grow(fd, offset + (off_t)length);
	return pwrite(fd, buffer, length, offset);
}

WORLD("A machine where a mapping remembers the end of its file", .breaks = "mapfile-25",
      .spares = "mapfile-06 the_same_area_over_a_longer_file pages_that_were_touched_are_gone "
		"other_processes_lose_them_too",
      .ftruncate = lengthen, .pwrite = append);
