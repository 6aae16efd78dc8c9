/* SPDX-License-Identifier: MIT */
/* A label of 250 bytes is accepted. */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include "worlds/world.h"

static int make(const char *label, unsigned flags)
{
	enum { LIMIT = 249 };
	int fd = memfd_create(label, flags);
	char cut[LIMIT + 1] = "";

	if (fd >= 0 || errno != EINVAL || strnlen(label, LIMIT + 2) != LIMIT + 1) {
		return fd;
	}
	memcpy(cut, label, LIMIT);
	return memfd_create(cut, flags);
}

WORLD("A machine where a label has room for a byte more", .breaks = "a_label_has_249_bytes_at_most",
      .spares = "a_label_must_be_readable memfd-03 memfd-05", .memfd_create = make);
