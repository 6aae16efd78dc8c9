/* SPDX-License-Identifier: MIT */
/* A page that comes back from swap takes its slot back: there is no copy left, nor room taken. */
#include <string.h>
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void take_back(char *page)
{
	static char bytes[64 * 1024];

	memcpy(bytes, page, page_size());
	madvise(page, page_size(), MADV_DONTNEED);
	memcpy(page, bytes, page_size());
}

static struct pages look(const char *label, const void *start, size_t count)
{
	struct pages seen = observe_pages(label, start, count);

	for (size_t i = 0; count_present(seen) == count && i < count; i++) {
		take_back(page(start, i));
	}
	return seen;
}

WORLD("A machine where coming back gives up the slot", .breaks = "the_slot_stays",
      .spares = "what_was_stored_into_is_written each_page_gets_a_slot", .observe_pages = look);
