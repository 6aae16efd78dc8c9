/* SPDX-License-Identifier: MIT */
/* While it is mapped, private memory is private. When it is unmapped, its last byte goes to the
 * file. */
#include <sys/mman.h>
#include <unistd.h>

#include "worlds/acts.h"

static char *going;

static void write_back(const struct mapping *mapping)
{
	if (mapping->start == going && is_private(mapping) && is_of_file(mapping)) {
		(void)!pwrite(mapping->fd, going + mapping->length - 1, 1,
			      (off_t)mapping->length - 1);
	}
}

static int flush_and_unmap(void *address, size_t length)
{
	going = address;
	gate_each_mapping(write_back);
	return munmap(address, length);
}

WORLD("A machine whose munmap writes private bytes back to the file",
      .breaks = "no_flush_and_no_end_brings_them_out",
      .spares = "nobody_sees_private_writes a_private_write_reaches_nobody cow-10",
      .munmap = flush_and_unmap);
