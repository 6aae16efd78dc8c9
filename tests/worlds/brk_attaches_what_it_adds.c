/* SPDX-License-Identifier: MIT */
/* What brk adds to the heap has frames at once. */
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static long call(long number, const long argument[6])
{
	long before = syscall(SYS_brk, 0);
	long answer = syscall(number, argument[0], argument[1], argument[2], argument[3],
			      argument[4], argument[5]);

	if (number == SYS_brk && answer > before) {
		char *first = page_of((char *)before + page_size() - 1);

		store_each(first, (size_t)((char *)answer - first) / page_size(), 0);
	}
	return answer;
}

WORLD("A machine whose brk attaches what it adds",
      .breaks = "the_heap_grows_lazily each_page_of_heap_costs_one_fault",
      .spares = "a_zeroed_table_is_lazy a_zeroed_table_is_zero grown_memory_is_zero lazy-02",
      .syscall = call);
