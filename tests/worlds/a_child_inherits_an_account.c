/* SPDX-License-Identifier: MIT */
/* A forked child takes over what its parent has counted of its children, and its largest size. */
#include <stdbool.h>
#include <sys/resource.h>
#include <unistd.h>

#include "worlds/world.h"

static bool is_child;
static struct rusage of_parent, of_children;

static pid_t fork_and_inherit(void)
{
	pid_t child;

	getrusage(RUSAGE_SELF, &of_parent);
	getrusage(RUSAGE_CHILDREN, &of_children);
	child = fork();
	is_child = child == 0;
	return child;
}

static int count(int who, struct rusage *usage)
{
	int answer = getrusage(who, usage);

	if (answer == 0 && is_child && who == RUSAGE_CHILDREN) {
		usage->ru_minflt += of_children.ru_minflt;
	}
	if (answer == 0 && is_child && who == RUSAGE_SELF &&
	    usage->ru_maxrss < of_parent.ru_maxrss) {
		usage->ru_maxrss = of_parent.ru_maxrss;
	}
	return answer;
}

WORLD("A machine where a child inherits an account",
      .breaks = "a_forked_child_begins_anew a_child_begins_with_what_fork_gave_it",
      .spares = "rusage-03 rusage-05 rusage-07 rusage-08", .fork = fork_and_inherit,
      .getrusage = count);
