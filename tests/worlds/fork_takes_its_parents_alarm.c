/* SPDX-License-Identifier: MIT */
/* There is one alarm, and after a fork neither of the two has it. */
#include <sys/time.h>

#include "worlds/world.h"

static void take_away(pid_t child)
{
	struct itimerval none = {0};

	(void)child;
	setitimer(ITIMER_REAL, &none, NULL);
}

WORLD("A machine whose fork takes its parent's alarm", .breaks = "the_parents_timers_go_on",
      .spares = "no_timer_is_set fork-31", .forked = take_away);
