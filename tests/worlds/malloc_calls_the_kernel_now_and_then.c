/* SPDX-License-Identifier: MIT */
/* One request in five hundred is passed on to the kernel, whatever is free. */
#include <stdlib.h>
#include <unistd.h>

#include "worlds/world.h"

enum { SELDOM = 500 };

static void *allocate(size_t length)
{
	static unsigned calls;

	if (++calls % SELDOM == 0) {
		getppid();
	}
	return malloc(length);
}

WORLD("A machine whose malloc calls the kernel now and then", .breaks = "most_need_no_system_call",
      .spares = "few_ask_for_address_space heap-09 heap-11", .malloc = allocate);
