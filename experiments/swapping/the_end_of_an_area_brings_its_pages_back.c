/* SPDX-License-Identifier: MIT */
/*
 * The end of an area brings its pages back
 * ========================================
 *
 * Document 002 calls swap "temporary storage". That it is in one more sense: a swap area can be taken
 * away while the system runs. swapoff(2) goes through all processes, brings every page of theirs that is
 * in the area back into memory, and enters it in their page tables, although nobody has touched it. It
 * returns when the area is empty; the disk may be pulled out then.
 *
 *      before swapoff       ~~~~~~~~       the area: 8 slots
 *      after it             pppppppp       no area, the same bytes
 *
 * Look with: bits 62 and 63 of /proc/PID/pagemap; the page faults that are not taken.
 * Read on:   swapoff(2); document 002, introduction.
 */
#include <errno.h>
#include <sys/swap.h>

#include <touchstone/experiment.h>

EXPERIMENT("The end of an area brings its pages back");

enum { PAGES = 128, ROOM = 4 * PAGES, SEED = 1 };

static struct swap_area new_area(enum swap_kind kind)
{
	struct swap_area area = guard_swap_area(kind, ROOM * page_size());

	turn_to_swap_area(&area);
	return area;
}

static void end_an_area(enum swap_kind kind)
{
	struct swap_area area = new_area(kind);
	char *memory = swapped_pages(PAGES, SEED);

	assert_accepted(swapoff(area.path));
	assert_strip(observe_pages("after swapoff", memory, PAGES), "p");
	assert_equals(count_in_memory(memory, PAGES), PAGES, "pages in memory");
	assert_pattern(memory, PAGES * page_size(), SEED, "what came back");
	assert_refused(swapoff(area.path), EINVAL);
}

CLAIM(a_disk_can_be_taken_away, "swap-25",
      "When swapoff ends an area on a disk all pages are back in memory, with every byte",
      .needs = SWAP_AREA | PAGE_STATES, .alone = "swap")
{
	end_an_area(SWAP_ON_LOOP);
}

CLAIM(compressed_memory_can_be_taken_away, "swap-25",
      "When swapoff ends an area on zram all pages are back in memory, with every byte",
      .needs = SWAP_AREA | PAGE_STATES, .alone = "swap")
{
	end_an_area(SWAP_ON_ZRAM);
}

CLAIM(both_owners_of_a_slot_get_their_page, "swap-25",
      "A swapped page that parent and child share after a fork is back in both, with every byte",
      .needs = SWAP_AREA | PAGE_STATES, .alone = "swap")
{
	struct swap_area area = new_area(SWAP_ON_LOOP);
	char *memory = swapped_pages(PAGES, SEED);
	struct child other;

	START_CHILD(other) {
		assert_strip(observe_pages("child, before", memory, PAGES), "~");
		hand_over();
		assert_strip(observe_pages("child, after swapoff", memory, PAGES), "p");
		assert_pattern(memory, PAGES * page_size(), SEED, "what the child reads");
	}
	assert_strip(observe_pages("parent, before", memory, PAGES), "~");
	assert_accepted(swapoff(area.path));
	give_turn(&other);
	assert_strip(observe_pages("parent, after swapoff", memory, PAGES), "p");
	assert_pattern(memory, PAGES * page_size(), SEED, "what the parent reads");
	end_child(&other);
}

CONTROL(a_refused_swapoff_changes_nothing, "swap-25",
	"When swapoff is refused the pages are in swap as before", .needs = SWAP_AREA | PAGE_STATES,
	.alone = "swap")
{
	guard_swap_area(SWAP_ON_LOOP, ROOM * page_size());

	char *memory = swapped_pages(PAGES, SEED);

	assert_refused(swapoff("/dev/null"), EINVAL);
	assert_refused(swapoff(""), ENOENT);
	assert_strip(observe_pages("after no swapoff", memory, PAGES), "~");
	assert_pattern(memory, PAGES * page_size(), SEED, "what came back");
}
