/* SPDX-License-Identifier: MIT */
/* The child's break is the end of the page that its parent's lies in. */
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void round_up(void)
{
	syscall(SYS_brk, page_of((char *)syscall(SYS_brk, 0) + page_size() - 1));
}

WORLD("A machine where a child begins with a rounded break",
      .breaks = "the_child_begins_with_the_break",
      .spares = "each_moves_its_own threads_have_one_break", .born = round_up);
