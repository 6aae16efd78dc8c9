/* SPDX-License-Identifier: MIT */
/* F_SEAL_SHRINK forbids a length that is shorter by two bytes and more. */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <unistd.h>

#include "worlds/world.h"

static bool sealed;

static int seal(int fd, int command, long argument)
{
	if (command == F_ADD_SEALS && argument & F_SEAL_SHRINK) {
		sealed = true;
		argument &= ~F_SEAL_SHRINK;
	}

	int answer = fcntl(fd, command, argument);

	return command == F_GET_SEALS && sealed && answer >= 0 ? answer | F_SEAL_SHRINK : answer;
}

static int cut(int fd, off_t length)
{
	struct stat status;

	if (sealed && fstat(fd, &status) == 0 && length < status.st_size - 1) {
		errno = EPERM;
		return -1;
	}
	return ftruncate(fd, length);
}

WORLD("A machine where a file sealed against shrinking loses a byte", .breaks = "memfd-07",
      .spares = "memfd-08 memfd-10", .fcntl = seal, .ftruncate = cut);
