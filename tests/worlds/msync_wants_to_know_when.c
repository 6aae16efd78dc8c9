/* SPDX-License-Identifier: MIT */
/* One of MS_SYNC and MS_ASYNC has to be given, as POSIX demands it. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/world.h"

static int want_flag(void *address, size_t length, int flags)
{
	if (!(flags & (MS_SYNC | MS_ASYNC))) {
		errno = EINVAL;
		return -1;
	}
	return msync(address, length, flags);
}

WORLD("A machine whose msync refuses a call that says neither now nor later",
      .breaks = "msync_minds_its_arguments.what_fits_is_accepted a_shared_file_is_accepted_as_well "
		"to_ask_for_later_starts_nothing",
      .spares = "msync-06 other_flags_are_refused now_and_later_exclude_each_other",
      .msync = want_flag);
