/* SPDX-License-Identifier: MIT */
/* A descriptor that was once marked close-on-exec keeps the mark. */
#include <fcntl.h>

#include "worlds/world.h"

static int keep_mark(int fd, int command, long argument)
{
	return fcntl(fd, command, command == F_SETFD ? FD_CLOEXEC : argument);
}

WORLD("A machine where marks of descriptors cannot be taken away",
      .breaks = "a_mark_can_be_taken_away",
      .spares = "descriptors_stay_unless_marked a_refused_execve_closes_nothing",
      .fcntl = keep_mark);
