/* SPDX-License-Identifier: MIT */
/* A file can be sealed against writing while it is mapped for it. */
#include <errno.h>
#include <fcntl.h>

#include "worlds/world.h"

static int control(int fd, int command, long argument)
{
	int answer = fcntl(fd, command, argument);

	return answer != 0 && command == F_ADD_SEALS && errno == EBUSY ? 0 : answer;
}

WORLD("A machine whose seals overlook mappings", .breaks = "rights_given_up_are_not_gone",
      .spares = "what_is_open_for_reading_stays_for_reading "
		"a_seal_bounds_what_is_mapped_later",
      .fcntl = control);
