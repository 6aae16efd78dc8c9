/* SPDX-License-Identifier: MIT */
/* getrusage clears the byte before its answer as well. */
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static long call(long number, const long a[6])
{
	long answer = syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);

	if (number == SYS_getrusage && answer == 0 && (unsigned long)a[1] % page_size() != 0) {
		store((char *)(uintptr_t)a[1] - 1, 0);
	}
	return answer;
}

WORLD("A machine whose getrusage stores before its answer",
      .breaks = "getrusage_answers_in_full_or_not_at_all.whom_it_knows_it_answers",
      .spares = "rusage-11 rusage-12 rusage-13", .syscall = call);
