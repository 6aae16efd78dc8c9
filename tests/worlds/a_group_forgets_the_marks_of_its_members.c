/* SPDX-License-Identifier: MIT */
/* Who enters a memory group is as good a victim as any, whatever it had said of itself. */
#include <fcntl.h>
#include <unistd.h>

#include "worlds/world.h"

static void enter(const struct memory_group *group)
{
	int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);

	(void)!write(fd, "0", 1);
	close(fd);
	enter_memory_group(group);
}

WORLD("A machine whose memory groups forget the marks of their members",
      .breaks = "oom-01 within_the_group_the_same_one_dies",
      .spares = "among_the_unmarked_the_largest_dies pressure-11 oom-03",
      .enter_memory_group = enter);
