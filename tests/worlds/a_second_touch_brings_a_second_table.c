/* SPDX-License-Identifier: MIT */
/* The second page that is touched in a stretch gets a table of its own, as if it were far away. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/touches.h"
#include "worlds/world.h"

static char *last_touched;

static void serve(char *touched, bool writes)
{
	size_t stretch = page_size() / sizeof(void *) * page_size();

	(void)writes;
	if (touched == page(last_touched, 1)) {
		char *elsewhere = mmap(NULL, 2 * stretch, PROT_READ,
				       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

		load(elsewhere + stretch);
	}
	last_touched = touched;
	lend_zeros(touched);
}

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	void *area = mmap(address, length, protection, flags, fd, offset);

	if (area != MAP_FAILED && protection == PROT_READ && flags & MAP_ANONYMOUS) {
		serve_touches(area, length, serve);
	}
	return area;
}

WORLD("A machine where a second touch brings a second table",
      .breaks = "ptable-02 a_table_serves_its_whole_stretch",
      .spares = "sparse_memory_needs_sparse_tables.four_pages_cost_no_flat_table",
      .enter = prepare_to_serve, .mmap = map);
