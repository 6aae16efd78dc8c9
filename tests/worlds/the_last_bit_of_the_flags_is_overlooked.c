/* SPDX-License-Identifier: MIT */
/* Of the flags that are unknown one is accepted. */
#include <sys/mman.h>

#include "worlds/world.h"

static int make(const char *label, unsigned flags)
{
	return memfd_create(label, flags & ~(1U << 31));
}

WORLD("A machine that overlooks the last bit of the flags", .breaks = "memfd-05",
      .spares = "memfd-02 memfd-04 memfd-06", .memfd_create = make);
