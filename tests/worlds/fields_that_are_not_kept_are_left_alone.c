/* SPDX-License-Identifier: MIT */
/* getrusage stores the fields that are kept, and leaves the last one that is not as it was. */
#include <sys/resource.h>

#include "worlds/world.h"

static int count(int who, struct rusage *usage)
{
	long before = usage->ru_nsignals;
	int answer = getrusage(who, usage);

	usage->ru_nsignals = before;
	return answer;
}

WORLD("A machine where fields that are not kept are left alone",
      .breaks = "what_is_not_kept_is_zero",
      .spares = "rusage-12 rusage-13 rusage-01 rusage-03 rusage-07", .getrusage = count);
