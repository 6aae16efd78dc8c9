/* SPDX-License-Identifier: MIT */
/* Copy-on-access: the first load of a shared page parts it already. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static void copy(char *page)
{
	store(page, load(page));
}

static void watch_child(void)
{
	watch_private(PROT_NONE, copy);
}

WORLD("A machine which copies a page when the child reads it",
      .breaks = "reading_parts_nothing the_kernel_may_read_for_a_process"
		" reading_never_parts_a_page.one_store_is_enough",
      .spares = "fork-03 fork-05 cow-03 cow-07", .born = watch_child);
