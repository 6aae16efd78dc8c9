/* SPDX-License-Identifier: MIT */
/* Where the limit is reached memfd_create takes one beyond it. */
#include <errno.h>
#include <sys/mman.h>
#include <sys/resource.h>

#include "worlds/world.h"

static int make(const char *label, unsigned flags)
{
	int fd = memfd_create(label, flags);
	struct rlimit limit, more;

	if (fd >= 0 || errno != EMFILE || getrlimit(RLIMIT_NOFILE, &limit) != 0) {
		return fd;
	}
	more = limit;
	more.rlim_cur++;
	setrlimit(RLIMIT_NOFILE, &more);
	fd = memfd_create(label, flags);
	setrlimit(RLIMIT_NOFILE, &limit);
	return fd;
}

WORLD("A machine whose memory files do not count as descriptors", .breaks = "memfd-16",
      .spares = "memfd-04 memfd-05 memfd-01", .memfd_create = make);
