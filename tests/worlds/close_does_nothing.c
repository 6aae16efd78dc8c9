/* SPDX-License-Identifier: MIT */
/* A descriptor that was closed can be used on. */
#include "worlds/world.h"

static int pretend(int fd)
{
	return fd < 0 ? -1 : 0;
}

WORLD("A machine whose close does nothing", .breaks = "the_descriptor_itself_is_gone",
      .spares = "a_closed_file_stays_mapped.a_closed_file_stays_mapped", .close = pretend);
