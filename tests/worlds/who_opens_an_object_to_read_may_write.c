/* SPDX-License-Identifier: MIT */
/* O_RDONLY is taken for O_RDWR. */
#include <fcntl.h>
#include <stdbool.h>
#include <sys/mman.h>

#include "worlds/world.h"

static int open_object(const char *name, int flags, mode_t mode)
{
	bool reads = (flags & O_ACCMODE) == O_RDONLY;

	return shm_open(name, reads ? (flags & ~O_ACCMODE) | O_RDWR : flags, mode);
}

WORLD("A machine where who opens a shared object to read may write to it",
      .breaks = "a_reader_gets_no_shared_mapping_to_write nor_does_it_become_one",
      .spares = "a_reader_may_write_to_a_copy shm-02 shm-07", .shm_open = open_object);
