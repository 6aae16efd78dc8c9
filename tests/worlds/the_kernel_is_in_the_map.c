/* SPDX-License-Identifier: MIT */
/* The map's first line is one of the kernel's. */
#include <string.h>

#include "worlds/world.h"

static const char kernel[] =
	"ffffffff81000000-ffffffff82000000 r-xp 00000000 00:00 0    [kernel]\n";

static struct area_list list_kernel(void)
{
	static char text[256 * 1024];
	struct area_list list = observe_areas();
	size_t more = sizeof kernel - 1;

	arrange(list.length + more <= sizeof text);
	memcpy(text, kernel, more);
	memcpy(text + more, list.text, list.length);
	return (struct area_list){text, list.length + more};
}

WORLD("A machine where the kernel is in the map", .breaks = "no_area_reaches_beyond_the_users_half",
      .spares = "the_walk_sees_what_lies_above_an_address layout-08", .by = "reading",
      .observe_areas = list_kernel);
