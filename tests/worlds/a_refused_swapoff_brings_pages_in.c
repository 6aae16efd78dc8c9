/* SPDX-License-Identifier: MIT */
/* swapoff begins with bringing pages in, and looks at what it was asked for afterwards. */
#include <sys/swap.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static void bring_in(const struct mapping *mapping)
{
	if (is_private(mapping)) {
		load(mapping->start + mapping->length - 1);
	}
}

static int end(const char *path)
{
	gate_each_mapping(bring_in);
	return swapoff(path);
}

WORLD("A machine where a refused swapoff brings pages in",
      .breaks = "a_refused_swapoff_changes_nothing", .spares = "swap-25", .swapoff = end);
