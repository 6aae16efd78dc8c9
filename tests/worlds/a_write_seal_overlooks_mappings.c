/* SPDX-License-Identifier: MIT */
/* F_SEAL_WRITE forbids write and holes, and no mapping. */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <unistd.h>

#include "worlds/world.h"

static bool sealed;

static int seal(int fd, int command, long argument)
{
	if (command == F_ADD_SEALS && argument & F_SEAL_WRITE) {
		sealed = true;
		argument &= ~F_SEAL_WRITE;
	}

	int answer = fcntl(fd, command, argument);

	return command == F_GET_SEALS && sealed && answer >= 0 ? answer | F_SEAL_WRITE : answer;
}

static ssize_t put(int fd, const void *bytes, size_t length, off_t offset)
{
	errno = EPERM;
	return sealed ? -1 : pwrite(fd, bytes, length, offset);
}

static int make_hole(int fd, int mode, off_t start, off_t length)
{
	errno = EPERM;
	return sealed ? -1 : fallocate(fd, mode, start, length);
}

WORLD("A machine where a write seal overlooks mappings",
      .breaks = "a_write_seal_ends_every_way_to_write "
		"it_waits_for_no_writer_but_is_refused a_seal_binds_the_owner_too",
      .spares = "a_future_write_seal_leaves_who_is_there memfd-07 memfd-08", .fcntl = seal,
      .pwrite = put, .fallocate = make_hole);
