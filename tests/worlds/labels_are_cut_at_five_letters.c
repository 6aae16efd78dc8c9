/* SPDX-License-Identifier: MIT */
/* What is shown of a label is its beginning. */
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "worlds/world.h"

static int make(const char *label, unsigned flags)
{
	enum { SHOWN = 5 };
	char shown[SHOWN + 1] = "";
	int fd = memfd_create(label, flags);

	if (fd < 0) {
		return fd;
	}
	close(fd);
	memcpy(shown, label, strnlen(label, SHOWN));
	return memfd_create(shown, flags);
}

WORLD("A machine where labels are cut at five letters", .breaks = "memfd-03",
      .spares = "memfd-01 memfd-02 memfd-04", .memfd_create = make);
