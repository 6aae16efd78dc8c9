/* SPDX-License-Identifier: MIT */
/* msync makes a file so long that what was stored behind its end belongs to it. */
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/gate.h"

static int lengthen(void *address, size_t length, int flags)
{
	const struct mapping *mapping = gate_mapping_of(address);
	struct stat file;

	if (mapping && mapping->flags & MAP_SHARED && fstat(mapping->fd, &file) == 0 &&
	    (size_t)file.st_size < length && load(mapping->start + file.st_size) != 0) {
		(void)!ftruncate(mapping->fd, file.st_size + 1);
	}
	return msync(address, length, flags);
}

WORLD("A machine where stores behind the end make a file longer",
      .breaks = "they_do_not_make_it_longer",
      .spares = "they_take_stores each_byte_is_where_read_finds_it msync-02", .msync = lengthen);
