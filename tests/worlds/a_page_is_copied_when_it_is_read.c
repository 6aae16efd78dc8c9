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
      .breaks = "cow-16", .spares = "fork-05", .born = watch_child);
