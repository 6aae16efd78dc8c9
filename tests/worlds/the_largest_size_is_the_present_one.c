/* SPDX-License-Identifier: MIT */
/* ru_maxrss is what is resident at the moment. */
#include <stdio.h>
#include <sys/resource.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int count(int who, struct rusage *usage)
{
	unsigned long resident;
	FILE *statm = fopen("/proc/self/statm", "r");
	int answer = getrusage(who, usage);

	if (statm && fscanf(statm, "%*u %lu", &resident) == 1 && who == RUSAGE_SELF) {
		usage->ru_maxrss = (long)(resident * page_size() / 1024);
	}
	if (statm) {
		fclose(statm);
	}
	return answer;
}

WORLD("A machine whose largest size is the present one", .breaks = "it_rises_and_never_falls",
      .spares = "of_children_the_largest_is_kept rusage-09 rusage-10 rusage-11",
      .getrusage = count);
