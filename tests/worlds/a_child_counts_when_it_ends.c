/* SPDX-License-Identifier: MIT */
/* A child that has ended counts among the children although nobody has waited for it. */
#include <sys/resource.h>
#include <sys/wait.h>

#include "worlds/world.h"

static int count(int who, struct rusage *usage)
{
	siginfo_t ended = {.si_pid = 0};
	int answer = getrusage(who, usage);

	if (answer == 0 && who == RUSAGE_CHILDREN &&
	    waitid(P_ALL, 0, &ended, WEXITED | WNOHANG | WNOWAIT) == 0 && ended.si_pid) {
		usage->ru_minflt++;
	}
	return answer;
}

WORLD("A machine where a child counts when it ends", .breaks = "waiting_is_what_counts",
      .spares = "rusage-05 rusage-06 rusage-07 rusage-11", .getrusage = count);
