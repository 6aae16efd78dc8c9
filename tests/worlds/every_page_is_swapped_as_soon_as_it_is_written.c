/* SPDX-License-Identifier: MIT */
/* As document 002 may be read: once a page is initialised it has its place in the swap file. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/gate.h"

enum { ROOM = 4096 };

static void enter(void)
{
	guard_swap(ROOM * page_size());
}

static void swap_out(const struct mapping *mapping)
{
	if (mapping->protection & PROT_WRITE) {
		madvise(mapping->start, mapping->length, MADV_PAGEOUT);
	}
}

static struct usage look_at_usage(const char *label, const void *start, size_t length)
{
	gate_each_mapping(swap_out);
	return observe_usage(label, start, length);
}

static struct pages look_at_pages(const char *label, const void *start, size_t count)
{
	gate_each_mapping(swap_out);
	return observe_pages(label, start, count);
}

static size_t used(const struct swap_area *area)
{
	gate_each_mapping(swap_out);
	return swap_area_used(area);
}

WORLD("A machine where every page is swapped as soon as it is written",
      .breaks = "written_pages_are_in_memory_alone more_is_written_than_the_area_could_hold "
		"what_nobody_evicts_is_in_memory only_written_pages_are_swapped",
      .spares = "an_evicted_page_takes_a_slot every_byte_comes_back a_mapping_costs_no_swap",
      .enter = enter, .observe_usage = look_at_usage, .observe_pages = look_at_pages,
      .swap_area_used = used);
