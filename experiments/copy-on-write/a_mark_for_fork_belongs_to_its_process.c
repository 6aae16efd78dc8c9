/* SPDX-License-Identifier: MIT */
/*
 * A mark for fork lasts, and belongs to the process that has it
 * =============================================================
 *
 * What MADV_WIPEONFORK said of a page holds for every fork to come, and goes over to the child: a
 * grandchild finds zeros, even where the child has written meanwhile. But each process has a mark of
 * its own. A child that says MADV_KEEPONFORK, or takes fresh memory in place of the page, decides
 * for its own children; its parent's later children are wiped as before.
 *
 *      parent  a a a a  (wipe)  --fork-->  child  0 0 0 0  (wipe)  --fork-->  grandchild  0 0 0 0
 *                  |                         c c c c, MADV_KEEPONFORK  -->  grandchild  c c c c
 *                  +------------- --fork-->  the next child  0 0 0 0
 *
 * Look with: nothing but eyes.
 * Read on:   madvise(2) MADV_WIPEONFORK, MADV_KEEPONFORK, MADV_DONTFORK, MADV_DOFORK.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("A mark for fork lasts, and belongs to the process that has it");

enum { PAGES = 2 };

static char *marked_pages(void)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

	if (madvise(area, PAGES * page_size(), MADV_WIPEONFORK) != 0) {
		undecided("needs MADV_WIPEONFORK: Linux 4.14");
	}
	return area;
}

CLAIM(it_holds_for_all_generations, "madvise-35",
      "Each child and each of its own children finds zeros, whatever was written in between")
{
	char *area = marked_pages();
	size_t length = PAGES * page_size();

	for (unsigned round = 2; round < 4; round++) {
		IN_CHILD {
			assert_all_bytes(area, length, 0, "what the child reads");
			write_pattern(area, length, 9);
			IN_CHILD {
				assert_all_bytes(area, length, 0, "what the grandchild reads");
				write_pattern(area, length, 10);
				IN_CHILD {
					assert_all_bytes(area, length, 0, "what its child reads");
				}
			}
			assert_pattern(area, length, 9, "what the child has written");
		}
		assert_pattern(area, length, round - 1, "what the parent reads");
		write_pattern(area, length, round);
	}
}

CLAIM(a_child_may_take_it_back_for_itself, "madvise-36",
      "After MADV_KEEPONFORK in a child its own child inherits, and its parent's next one does not")
{
	char *area = marked_pages(), *twin = filled_pages(PAGES, MAP_PRIVATE, 2);
	size_t length = PAGES * page_size();

	IN_CHILD {
		write_pattern(area, length, 2);
		assert_accepted(madvise(page(area, 1), page_size(), MADV_KEEPONFORK));
		IN_CHILD {
			assert_all_bytes(area, page_size(), 0, "the page that keeps its mark");
			assert_same_bytes(page(area, 1), page(twin, 1), page_size(),
					  "the page whose mark was taken back");
		}
		assert_accepted(madvise(area, length, MADV_KEEPONFORK));
		IN_CHILD {
			assert_pattern(area, length, 2, "what the grandchild reads");
		}
	}
	IN_CHILD {
		assert_all_bytes(area, length, 0, "what the next child reads");
	}
}

CLAIM(new_memory_in_its_place_has_no_mark, "madvise-37",
      "What is mapped in place of marked pages is inherited like any memory, wiped or withheld")
{
	const int marks[] = {MADV_WIPEONFORK, MADV_DONTFORK};

	for (size_t i = 0; i < 2; i++) {
		char *area = filled_pages(PAGES, MAP_PRIVATE, 1);
		size_t length = PAGES * page_size();

		if (madvise(area, length, marks[i]) != 0) {
			undecided("needs MADV_WIPEONFORK: Linux 4.14");
		}
		arrange(mmap(area, length, PROT_READ | PROT_WRITE,
			     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == area);
		write_pattern(area, length, 2);
		IN_CHILD {
			assert_pattern(area, length, 2, "what the child reads");
		}
	}
}

CLAIM(a_moved_page_takes_its_mark_along, "madvise-37",
      "mremap moves marked pages with their mark, and the child finds zeros at the new place")
{
	char *area = marked_pages(), *place = reserve(PAGES);
	size_t length = PAGES * page_size();

	arrange(mremap(area, length, length, MREMAP_MAYMOVE | MREMAP_FIXED, place) == place);
	IN_CHILD {
		assert_all_bytes(place, length, 0, "what the child reads");
	}
	assert_pattern(place, length, 1, "what the parent reads");
}

CONTROL(without_a_mark_it_is_inherited, "madvise-35 madvise-36 madvise-37",
	"Memory without a mark, or with one that was taken back, goes to all generations")
{
	char *area = marked_pages();
	size_t length = PAGES * page_size();

	assert_accepted(madvise(area, length, MADV_KEEPONFORK));
	IN_CHILD {
		assert_pattern(area, length, 1, "what the child reads");
		IN_CHILD {
			assert_pattern(area, length, 1, "what the grandchild reads");
		}
	}
}
