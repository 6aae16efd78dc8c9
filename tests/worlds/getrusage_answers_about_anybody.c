/* SPDX-License-Identifier: MIT */
/* getrusage takes -2 for the process and its children together, as the kernel does inside. */
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "worlds/world.h"

static long call(long number, const long a[6])
{
	return syscall(number, number == SYS_getrusage && (int)a[0] == -2 ? RUSAGE_SELF : a[0],
		       a[1], a[2], a[3], a[4], a[5]);
}

WORLD("A machine whose getrusage answers about anybody", .breaks = "nobody_else_can_be_asked_about",
      .spares = "what_is_not_kept_is_zero rusage-13 whom_it_knows_it_answers", .syscall = call);
