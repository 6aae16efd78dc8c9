/* SPDX-License-Identifier: MIT */
/* What children have used is forgotten when they end. */
#include <string.h>

#include "worlds/world.h"

static int account(int who, struct rusage *usage)
{
	int answer = getrusage(who, usage);

	if (who == RUSAGE_CHILDREN) {
		memset(usage, 0, sizeof *usage);
	}
	return answer;
}

WORLD("A machine where nobody accounts for children", .breaks = "the_parent_gets_the_childs",
      .spares = "faults_are_counted_from_nought time_is_counted_from_nought", .getrusage = account);
