/* SPDX-License-Identifier: MIT */
/* execveat takes an empty name for the descriptor's file, with or without its flag. */
#include <sys/syscall.h>
#include <unistd.h>

#include "worlds/world.h"

static long call(long number, const long argument[6])
{
	const char *path = (const char *)argument[1];

	if (number == SYS_execveat && *path == '\0' && argument[4] == 0) {
		return 0;
	}
	return syscall(number, argument[0], path, argument[2], argument[3], argument[4],
		       argument[5]);
}

WORLD("A machine where an empty name needs no flag", .breaks = "an_empty_name_is_none",
      .spares = "a_descriptor_needs_no_name everything_else_is_the_same", .syscall = call);
