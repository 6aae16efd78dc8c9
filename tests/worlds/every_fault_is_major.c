/* SPDX-License-Identifier: MIT */
/* getrusage counts whatever was repaired among the major faults. */
#include <sys/resource.h>

#include "worlds/world.h"

static int tell(int who, struct rusage *usage)
{
	int answer = getrusage(who, usage);

	if (answer == 0) {
		usage->ru_majflt += usage->ru_minflt;
		usage->ru_minflt = 0;
	}
	return answer;
}

WORLD("A machine where every fault is major",
      .breaks = "in_swap_and_in_memory_is_a_minor_fault read_ahead_makes_minor_faults "
		"waiting_is_what_counts who_touches_is_charged",
      .spares = "fault-03 zeros_come_back_without_a_disk rusage-07 rusage-11", .getrusage = tell);
