/* SPDX-License-Identifier: MIT */
/*
 * When main begins, nothing has been counted: what the experiment had read before it is put back to
 * nothing.
 */
#include "worlds/symbols.h"
#include "worlds/world.h"

static void put_back(void)
{
	*(long *)variable_named("faults_before_main", sizeof(long)) = 0;
}

WORLD("A machine that starts programs without a fault",
      .breaks = "a_program_has_faulted_before_main",
      .spares = "counting_is_free_the_second_time lazy-09", .by = "reading", .enter = put_back);
