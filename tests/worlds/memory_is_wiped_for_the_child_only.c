/* SPDX-License-Identifier: MIT */
/* MADV_WIPEONFORK holds for one fork, and the grandchild goes on with the child's bytes. */
#include <sys/mman.h>

#include "worlds/acts.h"

static void keep(const struct mapping *mapping)
{
	if (is_private(mapping) && !is_of_file(mapping)) {
		madvise(mapping->start, mapping->length, MADV_KEEPONFORK);
	}
}

static void keep_from_now_on(void)
{
	gate_each_mapping(keep);
}

WORLD("A machine which wipes memory for the child, but not for the grandchild",
      .breaks = "what_is_to_be_wiped_is_zero it_holds_for_all_generations",
      .spares = "what_is_not_to_be_forked_is_missing fork-02", .born = keep_from_now_on);
