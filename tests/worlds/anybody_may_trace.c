/* SPDX-License-Identifier: MIT */
/* A process may attach to any other. */
#include <sys/ptrace.h>

#include "worlds/world.h"

static long attach(int request, pid_t pid, void *address, void *data)
{
	return request == PTRACE_ATTACH ? 0 : ptrace(request, pid, address, data);
}

WORLD("A machine where anybody may trace", .breaks = "others_cannot_be_traced",
      .spares = "the_files_of_memory_stay_shut prot-12 ones_own_childs_are_open", .ptrace = attach);
