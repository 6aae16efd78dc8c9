/* SPDX-License-Identifier: MIT */
/* As C libraries once did: the number is asked for once, and a child goes on with its parent's. */
#include <unistd.h>

#include "worlds/world.h"

static pid_t known;

static void remember(void)
{
	known = getpid();
}

static pid_t tell_what_is_known(void)
{
	return known;
}

WORLD("A machine whose getpid still answers the parent's number in the child",
      .breaks = "both_sides_agree_on_the_number",
      .spares = "no_two_living_processes_share_a_number a_number_is_kept_until_it_was_waited_for",
      .enter = remember, .getpid = tell_what_is_known);
