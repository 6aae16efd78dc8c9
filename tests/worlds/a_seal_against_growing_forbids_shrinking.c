/* SPDX-License-Identifier: MIT */
/* Whoever seals a file against growing has sealed it against shrinking. */
#include <fcntl.h>

#include "worlds/world.h"

static int seal(int fd, int command, long argument)
{
	if (command == F_ADD_SEALS && argument == F_SEAL_GROW) {
		argument |= F_SEAL_SHRINK;
	}

	int answer = fcntl(fd, command, argument);

	return command == F_GET_SEALS && answer >= 0 && answer & F_SEAL_GROW
		       ? answer & ~F_SEAL_SHRINK
		       : answer;
}

WORLD("A machine where a seal against growing forbids shrinking, too",
      .breaks = "it_may_still_be_written_and_shrink",
      .spares = "a_file_sealed_against_growing_never_grows memfd-07 memfd-09", .fcntl = seal);
