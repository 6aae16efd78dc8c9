/* SPDX-License-Identifier: MIT */
/* FUTEX_PRIVATE_FLAG is overlooked. */
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "worlds/world.h"

#ifndef SYS_futex
#define SYS_futex SYS_futex_time64
#endif

static long call(long number, const long argument[6])
{
	long operation = number == SYS_futex ? argument[1] & ~(long)FUTEX_PRIVATE_FLAG
					     : argument[1];

	return syscall(number, argument[0], operation, argument[2], argument[3], argument[4],
		       argument[5]);
}

WORLD("A machine where private futexes are heard everywhere",
      .breaks = "a_private_futex_wakes_nobody_else",
      .spares = "a_futex_wakes_across_processes the_word_is_looked_at_by_the_kernel",
      .syscall = call);
