/* SPDX-License-Identifier: MIT */
/* Nothing is remembered of a page that goes: no refault is ever counted. */
#include "worlds/world.h"

static long long figure(const struct memory_group *group, const char *line)
{
	return memory_group_figure(group, line) < 0 ? -1 : 0;
}

WORLD("A machine where evicted pages leave no shadow",
      .breaks = "pages_of_a_file_that_come_back_are_counted memory_that_comes_back_is_counted",
      .spares = "who_comes_once_is_not_counted where_all_fit_nothing_comes_back", .by = "reading",
      .memory_group_figure = figure);
