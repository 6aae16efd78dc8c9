/* SPDX-License-Identifier: MIT */
/* Buffers are said to be registered, and can be moved like all others. */
#include <sys/syscall.h>

#include "worlds/acts.h"

static long answer(long number, const long argument[6])
{
#ifdef SYS_io_uring_register
	if (number == SYS_io_uring_register && argument[1] == 0) {
		return 0;
	}
#endif
	return pass_on(number, argument);
}

WORLD("A machine where pinned pages may move",
      .breaks = "a_pinned_page_stays_in_its_frame without_a_pin_it_may_move_again",
      .spares = "a_locked_page_may_move", .syscall = answer);
