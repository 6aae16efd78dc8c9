/* SPDX-License-Identifier: MIT */
/* A buffer that is given up stays pinned. */
#include <sys/syscall.h>

#include "worlds/acts.h"

static long answer(long number, const long argument[6])
{
#ifdef SYS_io_uring_register
	if (number == SYS_io_uring_register && argument[1] == 1) {
		return 0;
	}
#endif
	return pass_on(number, argument);
}

WORLD("A machine where a pin is for good", .breaks = "without_a_pin_it_may_move_again",
      .spares = "a_locked_page_may_move a_pinned_page_stays_in_its_frame", .syscall = answer);
