/* SPDX-License-Identifier: MIT */
/* swapoff brings all pages back, but that the last one is empty. */
#include <string.h>
#include <sys/swap.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static void empty_last_page(const struct mapping *mapping)
{
	if (is_private(mapping)) {
		memset(mapping->start + mapping->length - page_size(), 0, page_size());
	}
}

static int end(const char *path)
{
	int answer = swapoff(path);

	if (answer == 0) {
		gate_each_mapping(empty_last_page);
	}
	return answer;
}

WORLD("A machine whose swapoff forgets the last page", .breaks = "swap-25",
      .spares = "a_refused_swapoff_changes_nothing swap-16", .swapoff = end);
