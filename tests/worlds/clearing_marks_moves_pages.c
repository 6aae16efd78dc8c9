/* SPDX-License-Identifier: MIT */
/* Clearing the marks gives every private page another frame. */
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static void move(const struct mapping *mapping)
{
	for (char *at = mapping->start;
	     is_private(mapping) && !is_of_file(mapping) && mapping->protection & PROT_WRITE &&
	     at < mapping->start + mapping->length;
	     at += page_size()) {
		char *other = mmap(NULL, page_size(), PROT_READ | PROT_WRITE,
				   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

		memcpy(other, at, page_size());
		mremap(other, page_size(), page_size(), MREMAP_MAYMOVE | MREMAP_FIXED, at);
	}
}

static ssize_t put(int fd, const void *buffer, size_t length)
{
	if (length == 1 && *(const char *)buffer == '4') {
		gate_each_mapping(move);
	}
	return write(fd, buffer, length);
}

WORLD("A machine on which clearing marks moves pages", .breaks = "softdirty-04",
      .spares = "softdirty-01 softdirty-02", .write = put);
