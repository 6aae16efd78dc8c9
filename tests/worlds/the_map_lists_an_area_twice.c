/* SPDX-License-Identifier: MIT */
/* The map's last line comes twice. */
#include <string.h>

#include <touchstone/areas.h>

#include "worlds/world.h"

static struct area_list list_twice(void)
{
	static char text[256 * 1024];
	struct area_list list = observe_areas();
	size_t last = list.length - 1; /* where its last line starts */

	while (last > 0 && list.text[last - 1] != '\n') {
		last--;
	}
	arrange(2 * list.length - last <= sizeof text);
	memcpy(text, list.text, list.length);
	memcpy(text + list.length, list.text + last, list.length - last);
	return (struct area_list){text, 2 * list.length - last};
}

WORLD("A machine whose map lists an area twice", .breaks = "areas_are_in_order_and_never_overlap",
      .spares = "it_is_listed_as_whole_pages all_of_its_last_page_belongs_to_it", .by = "reading",
      .observe_areas = list_twice);
