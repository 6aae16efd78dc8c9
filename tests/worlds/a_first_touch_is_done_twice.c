/* SPDX-License-Identifier: MIT */
/*
 * What the kernel repairs is restarted when it has been carried out already: a page's first touch,
 * if it is an addition, adds twice.
 */
#include <signal.h>
#include <stdint.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static struct sigaction before;
static char *untouched; /* the one page that was mapped last */

static void add_beforehand(int signal, siginfo_t *info, void *context)
{
	unsigned *number = (unsigned *)((uintptr_t)info->si_addr & ~(sizeof(unsigned) - 1));

	if (page_of(number) != untouched) {
		before.sa_sigaction(signal, info, context);
		return;
	}
	mprotect(untouched, page_size(), PROT_READ | PROT_WRITE);
	*number += 1;
}

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	struct sigaction action = {.sa_sigaction = add_beforehand,
				   .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};
	void *area = mmap(address, length, protection, flags, fd, offset);

	if (length == page_size() && area != MAP_FAILED) {
		untouched = area;
		mprotect(area, length, PROT_NONE);
		sigaction(SIGSEGV, &action, before.sa_sigaction ? NULL : &before);
	}
	return area;
}

WORLD("A machine that carries out a first touch twice",
      .breaks = "the_kernel_restarts_it_too"
		" a_mapping_that_fails_changes_nothing.a_mapping_that_succeeds_adds_an_area "
		"a_stale_pointer_meets_what_is_mapped_there_next.unless_it_is_taken_the_place_"
		"stays_empty a_breakpoint_never_reaches_the_file.a_shared_mapping_is_not_forced "
		"a_shared_page_costs_its_writer_one_fault.a_shared_page_is_not_copied",
      .spares = "an_addition_is_added_once a_store_across_two_pages_is_complete "
		"a_long_copy_is_complete",
      .mmap = map);
