/* SPDX-License-Identifier: MIT */
/* F_SEAL_GROW minds ftruncate and fallocate only. */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <unistd.h>

#include "worlds/world.h"

static bool sealed;

static int seal(int fd, int command, long argument)
{
	if (command == F_ADD_SEALS && argument & F_SEAL_GROW) {
		sealed = true;
		argument &= ~F_SEAL_GROW;
	}

	int answer = fcntl(fd, command, argument);

	return command == F_GET_SEALS && sealed && answer >= 0 ? answer | F_SEAL_GROW : answer;
}

static bool grows(int fd, off_t length)
{
	struct stat status;

	errno = EPERM;
	return sealed && fstat(fd, &status) == 0 && length > status.st_size;
}

static int lengthen(int fd, off_t length)
{
	return grows(fd, length) ? -1 : ftruncate(fd, length);
}

static int make_room(int fd, int mode, off_t start, off_t length)
{
	return grows(fd, start + length) ? -1 : fallocate(fd, mode, start, length);
}

WORLD("A machine where a file sealed against growing grows by write", .breaks = "memfd-08",
      .spares = "memfd-07 memfd-09 memfd-10", .fcntl = seal, .ftruncate = lengthen,
      .fallocate = make_room);
