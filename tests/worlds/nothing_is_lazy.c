/* SPDX-License-Identifier: MIT */
/* The kernel's own switch: all memory is locked, what there is and what is to come. */
#include <sys/mman.h>

#include <touchstone/outcome.h>

#include "worlds/world.h"

static void lock(void)
{
	if (mlockall(MCL_CURRENT | MCL_FUTURE) != 0) {
		undecided("needs leave to lock memory for this world: raise ulimit -l");
	}
}

WORLD("A machine that locks all memory",
      .breaks = "a_zeroed_table_is_lazy the_heap_grows_lazily each_page_of_heap_costs_one_fault "
		"one_byte_brings_one_frame each_page_faults_once a_read_gets_the_zero_page "
		"fault-08 fault-17"
		" a_lazy_page_is_a_minor_fault",
      .spares = "a_zeroed_table_is_zero private_memory_is_zero the_rest_of_the_memory_is_zero "
		"fault-06",
      .by = "switch", .enter = lock);
