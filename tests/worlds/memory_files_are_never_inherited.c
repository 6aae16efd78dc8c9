/* SPDX-License-Identifier: MIT */
/* FD_CLOEXEC is set whether it was asked for or not. */
#include <sys/mman.h>

#include "worlds/world.h"

static int make(const char *label, unsigned flags)
{
	return memfd_create(label, flags | MFD_CLOEXEC);
}

WORLD("A machine where no program inherits a memory file", .breaks = "memfd-02",
      .spares = "memfd-01 memfd-03 memfd-05", .memfd_create = make);
