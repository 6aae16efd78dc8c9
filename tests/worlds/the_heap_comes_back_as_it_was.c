/* SPDX-License-Identifier: MIT */
/*
 * Lowering the program break takes nothing away, so what comes with the next raise has been written
 * before.
 */
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "worlds/world.h"

static long call(long number, const long argument[6])
{
	static long shown;
	long highest;

	if (number != SYS_brk) {
		return syscall(number, argument[0], argument[1], argument[2], argument[3],
			       argument[4], argument[5]);
	}
	highest = syscall(SYS_brk, 0);
	if (argument[0] == 0) {
		return shown ? shown : highest;
	}
	shown = argument[0] <= highest ? argument[0] : syscall(SYS_brk, argument[0]);
	return shown;
}

WORLD("A machine whose heap comes back as it was", .breaks = "grown_memory_is_zero",
      .spares = "the_heap_grows_lazily each_page_of_heap_costs_one_fault private_memory_is_zero",
      .syscall = call);
