/* SPDX-License-Identifier: MIT */
/* Whatever is read in counts as a page that went too early, had it been there before or not. */
#include <string.h>
#include <sys/resource.h>

#include "worlds/world.h"

static long long figure(const struct memory_group *group, const char *line)
{
	struct rusage usage;

	if (strncmp(line, "workingset_refault_", strlen("workingset_refault_")) != 0 ||
	    getrusage(RUSAGE_SELF, &usage) != 0) {
		return memory_group_figure(group, line);
	}
	return usage.ru_majflt;
}

WORLD("A machine where every page counts as a refault",
      .breaks = "who_comes_once_is_not_counted where_all_fit_nothing_comes_back",
      .spares = "pages_of_a_file_that_come_back_are_counted", .by = "reading",
      .memory_group_figure = figure);
