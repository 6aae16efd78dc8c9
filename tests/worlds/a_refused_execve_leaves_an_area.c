/* SPDX-License-Identifier: MIT */
/* execve that comes to know that a file is no program has mapped a page for it, which stays. */
#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int execute(const char *path, char *const *argv, char *const *envp)
{
	int answer = execve(path, argv, envp), error = errno;

	if (error == ENOEXEC) {
		mmap(NULL, page_size(), PROT_READ, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	}
	errno = error;
	return answer;
}

WORLD("A machine where a refused execve leaves an area", .breaks = "the_map_is_as_before",
      .spares = "the_caller_is_as_before exec-33 exec-36", .execve = execute);
