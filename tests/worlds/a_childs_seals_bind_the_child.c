/* SPDX-License-Identifier: MIT */
/* What a child seals is sealed for itself. */
#include <fcntl.h>
#include <stdbool.h>

#include "worlds/world.h"

static bool child;

static int seal(int fd, int command, long argument)
{
	return child && command == F_ADD_SEALS ? 0 : fcntl(fd, command, argument);
}

static void born(void)
{
	child = true;
}

WORLD("A machine where a child's seals bind nobody but the child",
      .breaks = "every_descriptor_has_them",
      .spares = "seals_are_only_added memfd-07 memfd-11 memfd-13", .fcntl = seal, .born = born);
