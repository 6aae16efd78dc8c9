/* SPDX-License-Identifier: MIT */
/* A waker is heard by the sleepers of its own process, at first. */
#include <linux/futex.h>
#include <stdbool.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "worlds/world.h"

#ifndef SYS_futex
#define SYS_futex SYS_futex_time64
#endif

static long call(long number, const long argument[6])
{
	static bool called;
	long operation = argument[1];

	/* Only the first time: whoever is not woken at all makes everybody wait. */
	if (number == SYS_futex && operation == FUTEX_WAKE && !called) {
		called = true;
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
