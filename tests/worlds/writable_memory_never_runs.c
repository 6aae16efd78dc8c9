/* SPDX-License-Identifier: MIT */
/* Memory that is asked for as writable and executable is granted, and cannot be executed. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	if (protection & PROT_WRITE) {
		protection &= ~PROT_EXEC;
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where writable memory never runs",
      .breaks = "prot-03"
		" prot_exec_decides_where_code_runs.the_same_function_runs_by_permission_only",
      .spares = "prot-01 prot-02 the_same_bytes_run_once_they_may", .mmap = map);
