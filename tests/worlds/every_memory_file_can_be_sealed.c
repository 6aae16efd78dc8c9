/* SPDX-License-Identifier: MIT */
/* MFD_ALLOW_SEALING need not be asked for. */
#include <sys/mman.h>

#include "worlds/world.h"

static int make(const char *label, unsigned flags)
{
	return memfd_create(label, flags | MFD_ALLOW_SEALING);
}

WORLD("A machine where every memory file can be sealed", .breaks = "memfd-06",
      .spares = "memfd-11 memfd-12 memfd-13", .memfd_create = make);
