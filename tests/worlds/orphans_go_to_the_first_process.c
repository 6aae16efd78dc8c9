/* SPDX-License-Identifier: MIT */
/* Nobody can take other processes' orphans. */
#include <sys/prctl.h>

#include "worlds/world.h"

static int control(int option, const unsigned long argument[4])
{
	if (option == PR_SET_CHILD_SUBREAPER) {
		return 0;
	}
	return prctl(option, argument[0], argument[1], argument[2], argument[3]);
}

WORLD("A machine where orphans go to the first process", .breaks = "an_orphan_gets_another_parent",
      .spares = "fork_answers_twice a_grandchild_has_another_parent", .prctl = control);
