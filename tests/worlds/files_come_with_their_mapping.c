/* SPDX-License-Identifier: MIT */
/* All pages of a file are read, and entered in the page table, when it is mapped. */
#include <sys/mman.h>

#include "worlds/world.h"

#ifndef MADV_POPULATE_READ
#define MADV_POPULATE_READ  22 /* Linux 5.14 */
#define MADV_POPULATE_WRITE 23
#endif

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	void *area = mmap(address, length, protection, flags, fd, offset);

	if (area != MAP_FAILED && fd >= 0) {
		madvise(area, length,
			protection & PROT_WRITE && flags & MAP_SHARED ? MADV_POPULATE_WRITE
								      : MADV_POPULATE_READ);
	}
	return area;
}

WORLD("A machine where files come with their mapping",
      .breaks = "a_page_on_disk_is_a_major_fault what_is_not_in_memory_is_a_major_fault "
		"a_store_waits_as_well a_major_fault_takes_longer the_second_has_minor_faults_only "
		"stores_cost_no_more_faults the_first_call_brings_the_page "
		"mapping_reads_nothing a_touch_reads_its_page "
		"a_large_folio_is_mapped_in_few_faults.what_is_mapped_already_costs_nothing "
		"a_page_read_from_disk_is_a_major_fault.what_was_read_once_is_a_minor_fault",
      .spares = "a_lazy_page_is_a_minor_fault what_was_dropped_is_brought_again fault-26 lazy-02 "
		"vma-11",
      .mmap = map);
