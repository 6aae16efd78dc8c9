/* SPDX-License-Identifier: MIT */
/* brk and sbrk of the C library always say that they have succeeded. */
#include <unistd.h>

#include "worlds/world.h"

static int set_break(void *end)
{
	(void)!brk(end);
	return 0;
}

WORLD("A machine whose library hides a refusal", .breaks = "the_library_says_so",
      .spares = "the_limits_refuse brk-07", .brk = set_break);
