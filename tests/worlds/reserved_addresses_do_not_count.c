/* SPDX-License-Identifier: MIT */
/* What nobody may access is not counted for ulimit -v. */
#include <errno.h>
#include <sys/mman.h>
#include <sys/resource.h>

#include "worlds/world.h"

static void *lift_the_limit(void *address, size_t length, int protection, int flags, int fd,
			    off_t offset)
{
	struct rlimit usual, none;

	if (protection != PROT_NONE || getrlimit(RLIMIT_AS, &usual) != 0) {
		return mmap(address, length, protection, flags, fd, offset);
	}
	none = usual;
	none.rlim_cur = none.rlim_max;
	setrlimit(RLIMIT_AS, &none);

	void *area = mmap(address, length, protection, flags, fd, offset);
	int error = errno;

	setrlimit(RLIMIT_AS, &usual);
	errno = error;
	return area;
}

WORLD("A machine where reserved addresses do not count",
      .breaks = "every_page_counts what_is_there_stays",
      .spares = "a_replacement_counts_nothing without_the_limit_all_of_it_is_granted mmap-19",
      .mmap = lift_the_limit);
