/* SPDX-License-Identifier: MIT */
/* Once somebody has looked where the pages are, the very last byte of them is another. */
#include <touchstone/memory.h>

#include "worlds/world.h"

enum { FEW = 8 }; /* with so many it is tried whether pages go to the right swap area */

static struct pages look(const char *label, const void *start, size_t count)
{
	static bool done;
	struct pages seen = observe_pages(label, start, count);
	char *end = page(start, count) - 1;

	if (count > FEW && !done) {
		done = true;
		store(end, (unsigned char)~load(end));
	}
	return seen;
}

WORLD("A machine where an idle page changes in its last byte",
      .breaks = "with_swap_it_is_done want_of_memory_cannot_either idle_pages_stay "
		"where_room_is_short_they_go new_pages_come_all_the_same",
      .spares = "without_swap_it_is_killed no_advice_takes_their_bytes", .observe_pages = look);
