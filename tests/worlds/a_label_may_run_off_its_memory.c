/* SPDX-License-Identifier: MIT */
/* A label that does not end is read as far as its memory goes. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/world.h"

static int make(const char *label, unsigned flags)
{
	int fd = memfd_create(label, flags);

	return fd < 0 && errno == EFAULT && label ? memfd_create("part of it", flags) : fd;
}

WORLD("A machine where a label may run off its memory", .breaks = "a_label_must_be_readable",
      .spares = "a_label_has_249_bytes_at_most memfd-03 memfd-05", .memfd_create = make);
