/* SPDX-License-Identifier: MIT */
/* The size of the parent is added to that of its largest child. */
#include <sys/resource.h>

#include "worlds/world.h"

static int count(int who, struct rusage *usage)
{
	struct rusage self;
	int answer = getrusage(who, usage);

	getrusage(RUSAGE_SELF, &self);
	if (answer == 0 && who == RUSAGE_CHILDREN) {
		usage->ru_maxrss += self.ru_maxrss;
	}
	return answer;
}

WORLD("A machine where a parent counts among its children",
      .breaks = "of_children_the_largest_is_kept a_forked_child_begins_anew",
      .spares = "rusage-03 rusage-07 rusage-09 rusage-10", .getrusage = count);
