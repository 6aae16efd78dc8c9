/* SPDX-License-Identifier: MIT */
/* mremap makes areas longer beyond every limit. */
#include <errno.h>
#include <sys/mman.h>
#include <sys/resource.h>

#include "worlds/world.h"

static const int limits[] = {RLIMIT_AS, RLIMIT_DATA};

static void *lift_the_limits(void *old, size_t old_length, size_t new_length, int flags,
			     void *address)
{
	struct rlimit usual[2], none;

	for (int i = 0; i < 2; i++) {
		getrlimit(limits[i], &usual[i]);
		none = usual[i];
		none.rlim_cur = none.rlim_max;
		setrlimit(limits[i], &none);
	}

	void *area = mremap(old, old_length, new_length, flags, address);
	int error = errno;

	for (int i = 0; i < 2; i++) {
		setrlimit(limits[i], &usual[i]);
	}
	errno = error;
	return area;
}

WORLD("A machine whose mremap minds no limit", .breaks = "mremap-12",
      .spares = "mmap-18 mmap-19 mremap-13 without_the_limits_it_grows", .mremap = lift_the_limits);
