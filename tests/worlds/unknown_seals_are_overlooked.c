/* SPDX-License-Identifier: MIT */
/* A seal that the kernel does not know is dropped. */
#include <fcntl.h>

#include "worlds/world.h"

static int seal(int fd, int command, long argument)
{
	return fcntl(fd, command, command == F_ADD_SEALS ? argument & ~(1L << 30) : argument);
}

WORLD("A machine where unknown seals are overlooked", .breaks = "memfd-13",
      .spares = "memfd-06 memfd-11 memfd-12", .fcntl = seal);
