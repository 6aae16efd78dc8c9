/* SPDX-License-Identifier: MIT */
/*
 * mmap prepares the page tables, as document 001 would have it, though no frame: an empty table for
 * each stretch that one can describe. No page is present and no fault is taken; only the tables'
 * size tells.
 */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/touches.h"
#include "worlds/world.h"

enum { TABLES = 64 };

static void nobody(char *page, bool writes)
{
	(void)writes;
	lend_zeros(page);
}

static void *prepare(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	char *area = mmap(address, length, protection, flags, fd, offset);
	size_t stretch = page_size() * (page_size() / sizeof(long));

	if (area == MAP_FAILED || !(flags & MAP_ANONYMOUS) || length < page_size()) {
		return area;
	}
	serve_touches(area, length, nobody);
	for (size_t i = 0; i < TABLES && i * stretch < length; i++) {
		lend_zeros(area + i * stretch);
		madvise(area + i * stretch, page_size(), MADV_DONTNEED);
	}
	leave_touches_alone(area, length);
	return area;
}

/* Once beforehand, so that the world's own code costs no fault later. */
static void rehearse(void)
{
	void *area = prepare(NULL, page_size(), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
			     -1, 0);

	munmap(area, page_size());
}

WORLD("A machine whose mmap writes page tables",
      .breaks = "lazy-03 size_does_not_matter"
		" page_tables_come_with_the_first_touch.a_touch_brings_the_table",
      .spares = "a_mapping_has_no_frames one_byte_brings_one_frame lazy-09 lazy-08 lazy-04",
      .enter = rehearse, .mmap = prepare);
