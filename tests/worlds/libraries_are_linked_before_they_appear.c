/* SPDX-License-Identifier: MIT */
/* What a debugger sees of a library that was just mapped is linked. */
#include <sys/ptrace.h>

#include "worlds/world.h"

static long peek_linked(int request, pid_t pid, void *address, void *data)
{
	return request == PTRACE_PEEKDATA ? (long)address : ptrace(request, pid, address, data);
}

WORLD("A machine where libraries are linked before they appear",
      .breaks = "mapped_first_and_linked_afterwards",
      .spares = "the_program_itself_is_linked_too libraries_are_mapped_later exec-14",
      .by = "reading", .ptrace = peek_linked);
