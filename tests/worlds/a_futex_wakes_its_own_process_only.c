/* SPDX-License-Identifier: MIT */
/* A waker is heard by the sleepers of its own process, at first. */
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "worlds/world.h"

#ifndef SYS_futex
#define SYS_futex SYS_futex_time64
#endif

enum { ATTEMPTS = 100 };

static long call(long number, const long argument[6])
{
	static int calls;
	long operation = argument[1];

	/* As often as it is tried: whoever is not woken at all makes everybody wait. */
	if (number == SYS_futex && operation == FUTEX_WAKE && calls < ATTEMPTS) {
		calls++;
		operation |= FUTEX_PRIVATE_FLAG;
	}
	return syscall(number, argument[0], operation, argument[2], argument[3], argument[4],
		       argument[5]);
}

WORLD("A machine where a futex wakes its own process only",
      .breaks = "a_futex_wakes_across_processes",
      .spares = "the_word_is_looked_at_by_the_kernel "
		"a_shared_mutex_excludes_the_other_process",
      .syscall = call);
