/* SPDX-License-Identifier: MIT */
/*
 * fork copies the list of areas, address for address
 * ==================================================
 *
 * "It creates exact copies of the current process' mm_struct, area structs, and page tables", says
 * document 002 of fork. For the areas this is so to the letter: the text of /proc/self/maps, read
 * before the fork and after it in the child, is the same byte for byte: every kind of area, with
 * its gaps and its permissions, at its address. From then on there are two lists, and each process
 * changes its own.
 *
 *      parent                 child                  the child unmaps the second
 *      7f3a...000 ---p        7f3a...000 ---p        7f3a...000 ---p
 *      7f3a...800 rw-s        7f3a...800 rw-s
 *      7f3b...000 rw-p        7f3b...000 rw-p        7f3b...000 rw-p
 *
 * The one exception is asked for: madvise(MADV_DONTFORK) keeps an area from the child. And the page
 * tables are copied far less exactly than the sentence says; that is an experiment of its own.
 *
 * Look with: /proc/self/maps.
 * Read on:   fork(2), madvise(2) MADV_DONTFORK; document 002 "fork revisited".
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("fork copies the list of areas, address for address");

enum { PAGES = 4, KINDS = 5 };

/* Areas of several kinds, side by side, which a careless copy would merge, lose or shift. */
static char *areas_of_all_kinds(void)
{
	const int protection[KINDS] = {PROT_NONE, PROT_READ, PROT_READ | PROT_WRITE,
				       PROT_READ | PROT_WRITE, PROT_READ};
	const int sharing[KINDS] = {MAP_PRIVATE, MAP_SHARED, MAP_SHARED, MAP_PRIVATE, MAP_PRIVATE};
	char *start = reserve((size_t)2 * KINDS * PAGES);

	for (size_t i = 0; i < KINDS; i++) {
		arrange(mmap(page(start, 2 * i * PAGES), PAGES * page_size(), protection[i],
			     sharing[i] | MAP_ANONYMOUS | MAP_FIXED, -1, 0) != MAP_FAILED);
	}
	return start;
}

static bool same_text(struct area_list a, struct area_list b)
{
	return a.length == b.length && memcmp(a.text, b.text, a.length) == 0;
}

CLAIM(the_child_starts_with_the_same_list, "fork-02",
      "The child's list of areas is the parent's, line by line, and so is the grandchild's",
      .needs = AREA_LIST)
{
	areas_of_all_kinds();

	struct area_list before = observe_areas();

	IN_CHILD {
		assert_same_areas(observe_areas(), before, "the child's areas");
		IN_CHILD {
			assert_same_areas(observe_areas(), before, "the grandchild's areas");
		}
	}
	assert_same_areas(observe_areas(), before, "the parent's areas, afterwards");
}

CLAIM(from_then_on_each_has_its_own, "fork-02",
      "What the child maps and unmaps changes its own list, and not the parent's",
      .needs = AREA_LIST)
{
	char *start = areas_of_all_kinds();
	struct area_list before = observe_areas();

	IN_CHILD {
		assert_accepted(munmap(page(start, 2 * PAGES), PAGES * page_size()));
		assert_accepted(mprotect(page(start, 6 * PAGES), page_size(), PROT_READ));
		assert_equals(count_areas(page(start, 2 * PAGES), PAGES * page_size()), 0,
			      "the child's areas where it unmapped one");
		assert_equals(count_areas(page(start, 6 * PAGES), PAGES * page_size()), 2,
			      "the child's areas where it protected a page");
	}
	assert_same_areas(observe_areas(), before, "the parent's areas");
}

CONTROL(an_area_can_be_kept_from_the_child, "fork-02",
	"An area under MADV_DONTFORK, or one mapped after the fork, makes the lists differ",
	.needs = AREA_LIST)
{
	char *start = areas_of_all_kinds();
	struct area_list before = observe_areas();

	IN_CHILD {
		assert_accepted(mmap(page(start, PAGES), page_size(), PROT_READ,
				     MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED, -1, 0));
		assert_equals(same_text(observe_areas(), before), false, "the same after mmap(2)");
	}
	assert_accepted(madvise(page(start, 2 * PAGES), PAGES * page_size(), MADV_DONTFORK));
	before = observe_areas();
	IN_CHILD {
		assert_equals(same_text(observe_areas(), before), false,
			      "the same without MADV_DONTFORK's area");
		assert_equals(count_areas(page(start, 2 * PAGES), PAGES * page_size()), 0,
			      "areas where it would be");
	}
}
