/* SPDX-License-Identifier: MIT */
/*
 * A fork shares swapped pages without bringing them in
 * ====================================================
 *
 * Document 002 tells fork for pages that are in memory. A page that is in swap has no frame to
 * be shared; its entry holds the number of a swap slot. fork copies that number and notes that the
 * slot now has two owners. Nothing is read from the disk, and no second slot is taken. Each
 * owner brings the page in when it needs it, and gives up its half of the slot.
 *
 *      before          after fork              after the child has read
 *
 *      parent          parent   child          parent        child
 *        |               \       /                |            |
 *      (slot 5)           (slot 5)             (slot 5)       [7]
 *      SwapPss 1        SwapPss 1/2 1/2        SwapPss 1        0
 *
 * Look with: bit 62 of /proc/PID/pagemap; Swap and SwapPss in /proc/PID/smaps.
 * Read on:   madvise(2) MADV_PAGEOUT, proc(5) smaps; document 002 "fork revisited".
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("A fork shares swapped pages without bringing them in");

enum { PAGES = 16 };

static char *pages_in_swap(void)
{
	guard_swap(PAGES * page_size());
	return swapped_pages(PAGES, 1);
}

CLAIM(the_slots_are_shared, "fork-13",
      "After fork all pages are in swap in both processes, and each is charged half of every slot",
      .needs = PAGE_STATES | AREA_USAGE | SWAP, .alone = "swap")
{
	char *area = pages_in_swap();

	assert_equals(observe_usage("before", area, PAGES * page_size()).swap_pss,
		      PAGES * page_size(), "SwapPss before the fork");
	IN_CHILD {
		struct usage childs = observe_usage("child", area, PAGES * page_size());
		struct usage parents = observe_usage_of(parent_process(), "parent", area,
							PAGES * page_size());

		assert_strip(observe_pages("child", area, PAGES), "~");
		assert_strip(observe_pages_of(parent_process(), "parent", area, PAGES), "~");
		assert_equals(childs.swap, PAGES * page_size(), "Swap of the child");
		assert_equals(childs.swap_pss, PAGES * page_size() / 2, "SwapPss of the child");
		assert_equals(parents.swap, PAGES * page_size(), "Swap of the parent");
		assert_equals(parents.swap_pss, PAGES * page_size() / 2, "SwapPss of the parent");
	}
}

CLAIM(each_brings_in_its_own, "fork-13",
      "The child reads and writes its pages while the parent's stay in swap, with the old bytes",
      .needs = PAGE_STATES | SWAP, .alone = "swap")
{
	char *area = pages_in_swap();

	IN_CHILD {
		assert_pattern(area, PAGES * page_size(), 1, "what the child reads");
		assert_strip(observe_pages("child", area, PAGES), "p");
		assert_strip(observe_pages_of(parent_process(), "parent", area, PAGES), "~");
		write_pattern(area, PAGES * page_size(), 2);
		assert_strip(observe_pages_of(parent_process(), "parent", area, PAGES), "~");
	}
	assert_pattern(area, PAGES * page_size(), 1, "what the parent reads");
}

CONTROL(who_has_brought_its_pages_in_owns_no_slot, "fork-13",
	"When the child has written all its pages, the parent is charged for the slots in full",
	.needs = PAGE_STATES | AREA_USAGE | SWAP, .alone = "swap")
{
	char *area = pages_in_swap();

	IN_CHILD {
		write_pattern(area, PAGES * page_size(), 2);
		assert_equals(observe_usage("child", area, PAGES * page_size()).swap, 0,
			      "Swap of the child");
		assert_equals(
			observe_usage_of(parent_process(), "parent", area, PAGES * page_size())
				.swap_pss,
			PAGES * page_size(), "SwapPss of the parent");
	}
}
