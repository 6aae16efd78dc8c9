/* SPDX-License-Identifier: MIT */
/* Every third time a pager gives up a page, the page stays where it is, and can be used. */
#include <sys/mman.h>

#include "arrange/pager.h"
#include "worlds/world.h"

enum { EACH = 3 };

static char *stays;

static int give_up(void *address, size_t length, int advice)
{
	static unsigned times;

	if (++times % EACH == 0) {
		stays = address;
		return 0;
	}
	return madvise(address, length, advice);
}

static int protect(void *address, size_t length, int protection)
{
	char *other = stays;

	stays = NULL;
	return address == other ? mprotect(address, length, PROT_READ | PROT_WRITE)
				: mprotect(address, length, protection);
}

static void enter(void)
{
	pager_madvise = give_up;
	pager_mprotect = protect;
}

WORLD("A machine where a page that was given up stays",
      .breaks = "replace-01 any_rule_can_be_made_to_miss_always recency_misses_always",
      .spares = "with_frames_for_all_nobody_goes a_loop_that_fits_is_never_missed replace-06",
      .enter = enter);
