/* SPDX-License-Identifier: MIT */
/* Where somebody has to go it is the one that was made last, whatever its size or mark. */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "worlds/world.h"

static size_t older;

static void note(pid_t child)
{
	(void)child;
	older++;
}

static void enter(const struct memory_group *group)
{
	const char *mark = older ? "1000" : "0";
	int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);

	(void)!write(fd, mark, strlen(mark));
	close(fd);
	enter_memory_group(group);
}

WORLD("A machine where the youngest member dies",
      .breaks = "the_marked_one_dies_for_a_larger_one among_the_unmarked_the_largest_dies "
		"within_the_group_the_same_one_dies",
      .spares = "the_marked_one_dies_for_itself pressure-11", .forked = note,
      .enter_memory_group = enter);
