/* SPDX-License-Identifier: MIT */
/* execve that is refused late has wiped the last byte of the caller's private memory. */
#include <errno.h>
#include <unistd.h>

#include "worlds/acts.h"
#include "worlds/world.h"

static void wipe_last(const struct mapping *mapping)
{
	if (is_private(mapping)) {
		mapping->start[mapping->length - 1] = 0;
	}
}

static int execute(const char *path, char *const *argv, char *const *envp)
{
	int answer = execve(path, argv, envp), error = errno;

	if (error == EFAULT) {
		gate_each_mapping(wipe_last);
	}
	errno = error;
	return answer;
}

WORLD("A machine where a refused execve empties a byte", .breaks = "the_caller_is_as_before",
      .spares = "the_map_is_as_before exec-33", .execve = execute);
