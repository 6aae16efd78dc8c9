/* SPDX-License-Identifier: MIT */
/* What is written to clear_refs is taken and ignored. */
#include <unistd.h>

#include "worlds/world.h"

static ssize_t put(int fd, const void *buffer, size_t length)
{
	return length == 1 && *(const char *)buffer == '4' ? 1 : write(fd, buffer, length);
}

WORLD("A machine whose marks of stores are never cleared",
      .breaks = "softdirty-01 softdirty-02 softdirty-03 softdirty-05 what_was_there_is_not_marked",
      .spares = "without_clearing_all_are_marked softdirty-07", .write = put);
