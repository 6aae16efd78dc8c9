/* SPDX-License-Identifier: MIT */
/*
 * What write(2) puts into a file shows in private mappings of it, too, where these were
 * written.
 */
#include <sys/mman.h>
#include <unistd.h>

#include "worlds/acts.h"

static int seen;

static void throw_away(const struct mapping *mapping)
{
	if (is_private(mapping) && is_of_file(mapping) && mapping->fd == seen) {
		madvise(mapping->start, mapping->length, MADV_DONTNEED);
	}
}

/* Late, but before anybody looks: a store through a shared mapping cannot be waited for. */
static ssize_t read_and_throw_away(int fd, void *buffer, size_t length, off_t offset)
{
	seen = fd;
	gate_each_mapping(throw_away);
	return pread(fd, buffer, length, offset);
}

WORLD("A machine where a write reaches private copies",
      .breaks = "a_written_private_mapping_agrees_with_nobody",
      .spares = "stores_show_in_read writes_show_in_mappings mapfile-20",
      .pread = read_and_throw_away);
