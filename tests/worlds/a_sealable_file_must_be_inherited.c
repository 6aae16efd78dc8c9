/* SPDX-License-Identifier: MIT */
/* MFD_ALLOW_SEALING is accepted by itself only. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/world.h"

static int make(const char *label, unsigned flags)
{
	if (flags & MFD_ALLOW_SEALING && flags & MFD_CLOEXEC) {
		errno = EINVAL;
		return -1;
	}
	return memfd_create(label, flags);
}

WORLD("A machine where a file that can be sealed must be inherited",
      .breaks = "what_is_known_is_accepted",
      .spares = "a_label_has_249_bytes_at_most a_label_must_be_readable "
		"unknown_flags_are_refused memfd-01",
      .memfd_create = make);
