/* SPDX-License-Identifier: MIT */
/* Whoever seals a file against shrinking has sealed it against growing. */
#include <fcntl.h>

#include "worlds/world.h"

static int seal(int fd, int command, long argument)
{
	if (command == F_ADD_SEALS && argument == F_SEAL_SHRINK) {
		argument |= F_SEAL_GROW;
	}

	int answer = fcntl(fd, command, argument);

	return command == F_GET_SEALS && answer >= 0 && answer & F_SEAL_SHRINK
		       ? answer & ~F_SEAL_GROW
		       : answer;
}

WORLD("A machine where a seal against shrinking forbids growing, too",
      .breaks = "it_may_still_grow",
      .spares = "a_file_sealed_against_shrinking_never_shrinks memfd-08 memfd-09", .fcntl = seal);
