/* SPDX-License-Identifier: MIT */
/*
 * Who touches a page for the first time gets the table of the stretch behind as well, though none of
 * its pages was touched.
 */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/gate.h"
#include "worlds/touches.h"

static void serve(char *touched, bool writes)
{
	char *next = page(touched, page_size() / sizeof(void *));

	(void)writes;
	lend_zeros(touched);
	if (gate_mapping_of(next)) {
		lend_zeros(next);
	}
}

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	void *area = mmap(address, length, protection, flags, fd, offset);

	if (area != MAP_FAILED && protection == PROT_READ && flags & MAP_ANONYMOUS) {
		serve_touches(area, length, serve);
	}
	return area;
}

WORLD("A machine where a touch brings the next table too",
      .breaks = "what_is_only_mapped_has_no_table each_page_costs_an_entry",
      .spares = "zeros_have_tables_too ptable-04", .enter = prepare_to_serve, .mmap = map);
