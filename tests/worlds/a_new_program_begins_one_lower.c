/* SPDX-License-Identifier: MIT */
/* A new program has a value one below its predecessor's. */
#include "worlds/marks.h"
#include "worlds/world.h"

static int execute(const char *path, char *const *argv, char *const *envp)
{
	set_mark(getpid(), mark_of(getpid()) - 1);
	return execve(path, argv, envp);
}

WORLD("A machine where a new program begins one lower", .breaks = "a_new_program_keeps_it",
      .spares = "threads_have_one_value a_child_begins_with_its_parents", .execve = execute);
