/* SPDX-License-Identifier: MIT */
/* For ulimit -d only memory counts, not what is private of a file. */
#include <errno.h>
#include <sys/mman.h>
#include <sys/resource.h>

#include "worlds/world.h"

/* What is called so meets no limit of data. */
static struct rlimit lift(void)
{
	struct rlimit usual = {RLIM_INFINITY, RLIM_INFINITY}, none;

	getrlimit(RLIMIT_DATA, &usual);
	none = usual;
	none.rlim_cur = none.rlim_max;
	setrlimit(RLIMIT_DATA, &none);
	return usual;
}

static void *leave_files_out(void *address, size_t length, int protection, int flags, int fd,
			     off_t offset)
{
	if (flags & MAP_ANONYMOUS) {
		return mmap(address, length, protection, flags, fd, offset);
	}

	struct rlimit usual = lift();
	void *area = mmap(address, length, protection, flags, fd, offset);
	int error = errno;

	setrlimit(RLIMIT_DATA, &usual);
	errno = error;
	return area;
}

WORLD("A machine where private files are no data",
      .breaks = "private_writable_pages_count no_other_page_counts",
      .spares = "permission_counts mmap-18 without_the_limit_they_are_granted",
      .mmap = leave_files_out);
