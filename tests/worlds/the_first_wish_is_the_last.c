/* SPDX-License-Identifier: MIT */
/* Which signal is sent at a parent's end can be asked for once, and the harness has done so. */
#include <sys/prctl.h>

#include "worlds/world.h"

static int control(int option, const unsigned long argument[4])
{
	if (option == PR_SET_PDEATHSIG) {
		return 0;
	}
	return prctl(option, argument[0], argument[1], argument[2], argument[3]);
}

WORLD("A machine where the first wish is the last",
      .breaks = "a_child_may_ask_for_itself what_was_asked_for_a_parents_end_is_not_inherited",
      .spares = "fork-42", .prctl = control);
