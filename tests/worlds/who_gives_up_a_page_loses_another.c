/* SPDX-License-Identifier: MIT */
/* MADV_DONTNEED by a pager takes the page that came last as well. */
#include <sys/mman.h>

#include "arrange/pager.h"
#include "worlds/world.h"

static void *latest;

static int protect(void *address, size_t length, int protection)
{
	if (protection == PROT_READ) {
		latest = address;
	}
	return mprotect(address, length, protection);
}

static int give_up(void *address, size_t length, int advice)
{
	madvise(latest, length, advice);
	return madvise(address, length, advice);
}

static void enter(void)
{
	pager_mprotect = protect;
	pager_madvise = give_up;
}

WORLD("A machine where who gives up a page loses another, too",
      .breaks = "replace-01 who_only_reads_writes_nothing_back",
      .spares = "with_frames_for_all_nobody_goes a_loop_that_fits_is_never_missed replace-06",
      .enter = enter);
