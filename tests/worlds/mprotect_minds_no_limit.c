/* SPDX-License-Identifier: MIT */
/* mprotect makes pages writable beyond ulimit -d. */
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

static int permit(void *address, size_t length, int protection)
{
	struct rlimit usual = lift();
	int answer = mprotect(address, length, protection), error = errno;

	setrlimit(RLIMIT_DATA, &usual);
	errno = error;
	return answer;
}

WORLD("A machine whose mprotect minds no limit of data", .breaks = "permission_counts",
      .spares = "private_writable_pages_count no_other_page_counts mmap-18 "
		"without_the_limit_they_are_granted",
      .mprotect = permit);
