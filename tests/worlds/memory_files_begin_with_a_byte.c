/* SPDX-License-Identifier: MIT */
/* A new memory file has a length of one. */
#include <sys/mman.h>
#include <unistd.h>

#include "worlds/world.h"

static int make(const char *label, unsigned flags)
{
	int fd = memfd_create(label, flags);

	if (fd >= 0) {
		(void)!ftruncate(fd, 1);
	}
	return fd;
}

WORLD("A machine whose memory files begin with a byte", .breaks = "it_is_empty_at_first",
      .spares = "one_label_serves_many_files memfd-02 memfd-03", .memfd_create = make);
