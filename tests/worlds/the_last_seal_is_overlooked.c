/* SPDX-License-Identifier: MIT */
/* F_SEAL_SEAL is remembered, and stops nobody from sealing. */
#include <fcntl.h>
#include <stdbool.h>

#include "worlds/world.h"

static bool sealed;

static int seal(int fd, int command, long argument)
{
	if (command == F_ADD_SEALS && argument & F_SEAL_SEAL) {
		sealed = true;
		argument &= ~F_SEAL_SEAL;
	}

	int answer = fcntl(fd, command, argument);

	return command == F_GET_SEALS && sealed && answer >= 0 ? answer | F_SEAL_SEAL : answer;
}

WORLD("A machine where the last seal is overlooked",
      .breaks = "memfd-11 another_file_has_none_of_them", .spares = "memfd-06 memfd-12 memfd-13",
      .fcntl = seal);
