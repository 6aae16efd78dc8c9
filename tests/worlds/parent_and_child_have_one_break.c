/* SPDX-License-Identifier: MIT */
/* The number of the break is one for a whole family; whoever asks for it gets what was set last. */
#include <sys/mman.h>
#include <sys/syscall.h>

#include <touchstone/outcome.h>

#include "worlds/acts.h"

static long *shown;

static void share(void)
{
	shown = mmap(NULL, sizeof *shown, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
		     0);
	arrange(shown != MAP_FAILED);
}

static long call(long number, const long argument[6])
{
	long answer = pass_on(number, argument);

	if (number != SYS_brk) {
		return answer;
	}
	*shown = argument[0] || !*shown ? answer : *shown;
	return *shown;
}

WORLD("A machine where parent and child have one break", .breaks = "each_moves_its_own",
      .spares = "the_child_begins_with_the_break heap-23", .enter = share, .syscall = call);
