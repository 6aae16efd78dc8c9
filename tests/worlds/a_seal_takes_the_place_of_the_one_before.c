/* SPDX-License-Identifier: MIT */
/* Of several seals only the last one is left. */
#include <fcntl.h>

#include "worlds/world.h"

static int seal(int fd, int command, long argument)
{
	static int last;
	int answer = fcntl(fd, command, argument);

	if (command == F_ADD_SEALS && answer == 0) {
		last = (int)argument;
	}
	return command == F_GET_SEALS && answer > 0 && last ? last : answer;
}

WORLD("A machine where a seal takes the place of the one before", .breaks = "seals_are_only_added",
      .spares = "the_last_seal_ends_the_sealing memfd-07 memfd-08", .fcntl = seal);
