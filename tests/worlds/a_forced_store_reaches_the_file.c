/* SPDX-License-Identifier: MIT */
/* A store through /proc/self/mem into a private page that is read-only goes to the page it finds.
 */
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#include "worlds/acts.h"

static uintptr_t target;
static int file;
static off_t offset_in_file;

static void look(const struct mapping *mapping)
{
	uintptr_t start = (uintptr_t)mapping->start;

	if (target >= start && target < start + mapping->length && is_of_file(mapping) &&
	    (mapping->flags & MAP_TYPE) == MAP_PRIVATE && !(mapping->protection & PROT_WRITE)) {
		file = mapping->fd;
		offset_in_file = (off_t)(target - start);
	}
}

static ssize_t store_through(int fd, const void *bytes, size_t length, off_t offset)
{
	target = (uintptr_t)offset;
	file = -1;
	gate_each_mapping(look);
	return file >= 0 ? pwrite(file, bytes, length, offset_in_file)
			 : pwrite(fd, bytes, length, offset);
}

WORLD("A machine on which a store that is forced into a private page reaches the file",
      .breaks = "cow-13", .spares = "cow-05", .pwrite = store_through);
