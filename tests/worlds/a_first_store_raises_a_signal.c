/* SPDX-License-Identifier: MIT */
/*
 * Memory is as lazy as it should be, but the program is told of it: the first store to a page is a
 * signal.
 */
#include <signal.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static struct sigaction before;
static char *start, *end; /* what was mapped last */

static void tell(int signal, siginfo_t *info, void *context)
{
	char *at = page_of(info->si_addr);

	if (at >= start && at < end) {
		mprotect(at, page_size(), PROT_READ | PROT_WRITE);
	}
	before.sa_sigaction(signal, info, context);
}

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	struct sigaction action = {.sa_sigaction = tell,
				   .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};
	char *area = mmap(address, length, protection, flags, fd, offset);

	if (flags & MAP_ANONYMOUS && area != MAP_FAILED) {
		start = area;
		end = area + length;
		mprotect(area, length, PROT_READ);
		sigaction(SIGSEGV, &action, before.sa_sigaction ? NULL : &before);
	}
	return area;
}

WORLD("A machine where the first store to a page raises a signal",
      .breaks = "lazy_pages_raise_no_signal each_repair_is_one_fault"
		" huge_pages_are_promised_from_a_pool.ordinary_memory_needs_no_pool "
		"munmap_answers_with_an_int.mmap_does_return_a_pointer "
		"munmap_takes_what_it_finds.a_straight_range_is_removed "
		"guard_pages_stop_an_overrun.without_a_guard_the_neighbour_is_overwritten"
		" a_string_instruction_resumes_where_it_stopped.open_pages_do_not_stop_it",
      .spares = "page_0_is_in_no_area fault-08 fault-20", .mmap = map);
