/* SPDX-License-Identifier: MIT */
/* Asking for one's number, a process is given a page. */
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "worlds/acts.h"

static long give(long number, const long argument[6])
{
	if (number == SYS_getpid) {
		mmap(NULL, (size_t)sysconf(_SC_PAGESIZE), PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS,
		     -1, 0);
	}
	return pass_on(number, argument);
}

WORLD("A machine where memory comes unasked",
      .breaks = "each_change_is_a_call computing_changes_nothing", .spares = "kernel-01 kernel-03",
      .syscall = give);
