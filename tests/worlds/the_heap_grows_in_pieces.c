/* SPDX-License-Identifier: MIT */
/* When the break is moved by more than a page, the first of the new ones is left out. */
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static long call(long number, const long argument[6])
{
	char *before = (char *)syscall(SYS_brk, 0);
	long answer = pass_on(number, argument);

	if (number == SYS_brk && (char *)answer > before + page_size()) {
		munmap(page_of(before + page_size() - 1), page_size());
	}
	return answer;
}

WORLD("A machine whose heap grows in pieces", .breaks = "layout-02 lowered_it_ends_lower",
      .spares = "brk-01", .syscall = call);
