/* SPDX-License-Identifier: MIT */
/*
 * What a touch has entered in the page table is forgotten soon, here whenever faults are about to
 * be counted. The page is still there, and its bytes are; but the next touch has to find it again.
 */
#include <sys/mman.h>

#include <touchstone/faults.h>

#include "worlds/gate.h"
#include "worlds/world.h"

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	if (flags & MAP_ANONYMOUS && flags & MAP_PRIVATE) {
		flags = (flags & ~MAP_PRIVATE) | MAP_SHARED;
	}
	return mmap(address, length, protection, flags, fd, offset);
}

static void forget(const struct mapping *mapping)
{
	madvise(mapping->start, mapping->length, MADV_DONTNEED); /* shared: the contents stay */
}

static struct faults forget_and_count(void)
{
	gate_each_mapping(forget);
	return faults_now();
}

WORLD("A machine whose page table forgets",
      .breaks = "the_rest_of_the_page_costs_nothing faults_follow_the_touches "
		"faults_are_the_pages_that_were_absent"
		" pages_given_back_are_lazy_again.pages_that_were_kept_do_not_fault "
		"system_calls_touch_like_anybody.a_second_read_faults_no_more "
		"a_present_page_can_fault.with_the_right_it_does_not_fault"
		" passing_over_more_pages_than_a_tlb_holds_is_no_fault"
		" nor_is_a_pass_of_stores"
		" calling_a_function_brings_its_page.a_load_has_brought_it_as_well"
		" the_causes_of_a_fault_can_be_told_apart.a_page_that_is_there_is_none_of_them"
		" a_major_fault_need_not_come_from_a_disk.what_is_in_memory_is_no_major_fault",
      .spares = "each_page_faults_once lazy-03 private_memory_is_zero", .mmap = map,
      .faults_now = forget_and_count);
