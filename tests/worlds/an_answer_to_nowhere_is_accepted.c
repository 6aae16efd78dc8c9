/* SPDX-License-Identifier: MIT */
/* getrusage that cannot store the end of its answer is content with the beginning. */
#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static long call(long number, const long a[6])
{
	long answer = syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);

	if (number == SYS_getrusage && answer != 0 && errno == EFAULT &&
	    (unsigned long)a[1] % page_size() != 0) {
		return 0;
	}
	return answer;
}

WORLD("A machine where an answer to nowhere is accepted",
      .breaks = "an_answer_nobody_can_store_is_refused",
      .spares = "rusage-11 rusage-12 whom_it_knows_it_answers", .syscall = call);
