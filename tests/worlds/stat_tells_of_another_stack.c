/* SPDX-License-Identifier: MIT */
/* The start of the stack, as stat tells it, lies in the program's code. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <touchstone/specimens.h>

#include "worlds/world.h"

/* The field startstack, of which there is one more than of spaces behind the name. */
static ssize_t alter(int fd, void *buffer, size_t length)
{
	enum { SPACES = 26 };
	ssize_t got = read(fd, buffer, length);
	char *at = got > 0 ? memchr(buffer, ')', (size_t)got) : NULL;

	for (int i = 0; at && i < SPACES; i++) {
		at = strchr(at + 1, ' ');
	}
	if (at) {
		size_t digits = strcspn(at + 1, " ");

		memset(at + 1, '0', digits);
		memcpy(at + 1 + digits - 7, "4198400", 7);
	}
	return got;
}

WORLD("A machine whose stat tells of another stack",
      .breaks = "the_stack_is_in_use the_stack_has_room",
      .spares = "arguments_are_on_the_stack exec-10", .by = "reading", .read = alter);
