/* SPDX-License-Identifier: MIT */
/* The map's last line is the one below that of the stack. */
#include <string.h>

#include "worlds/world.h"

static struct area_list list_lower_ones(void)
{
	struct area_list list = observe_areas();
	const char *name = memmem(list.text, list.length, "[stack]", strlen("[stack]"));
	const char *line = name ? memrchr(list.text, '\n', (size_t)(name - list.text)) : NULL;

	return line ? (struct area_list){list.text, (size_t)(line + 1 - list.text)} : list;
}

WORLD("A machine whose map ends below the stack",
      .breaks = "the_walk_sees_what_lies_above_an_address",
      .spares = "no_area_reaches_beyond_the_users_half the_second_use_needs_nothing",
      .by = "reading", .observe_areas = list_lower_ones);
