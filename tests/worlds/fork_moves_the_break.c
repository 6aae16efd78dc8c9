/* SPDX-License-Identifier: MIT */
/* The child's break is sixteen bytes lower: on the same page, so that no line of its maps differs.
 */
#include <unistd.h>

#include "worlds/world.h"

static void move_the_break(void)
{
	sbrk(-16);
}

WORLD("A machine whose fork moves the break", .breaks = "fork-14", .spares = "fork-02 fork-03",
      .born = move_the_break);
