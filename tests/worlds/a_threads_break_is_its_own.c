/* SPDX-License-Identifier: MIT */
/* A thread moves a break that nobody else has. */
#include <sys/syscall.h>
#include <unistd.h>

#include "worlds/acts.h"

static long call(long number, const long argument[6])
{
	if (number == SYS_brk && argument[0] && syscall(SYS_gettid) != getpid()) {
		return argument[0];
	}
	return pass_on(number, argument);
}

WORLD("A machine where a thread's break is its own", .breaks = "threads_have_one_break",
      .spares = "the_child_begins_with_the_break each_moves_its_own", .syscall = call);
