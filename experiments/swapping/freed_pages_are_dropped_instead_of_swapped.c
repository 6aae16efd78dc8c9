/* SPDX-License-Identifier: MIT */
/*
 * Freed pages are dropped instead of swapped
 * ==========================================
 *
 * "Dirty pages must be written back, clean ones can be discarded": so document 004 (11.4) orders the
 * victims. A dirty anonymous page can only go to swap. But a program that is done with its
 * contents may say so: after MADV_FREE a page is dirty no more, whatever it holds. When the kernel
 * wants the frame it takes it, without a write, on a machine without swap as well. Who stores into
 * the page before that makes it dirty again, and worth its slot.
 *
 *      before             p p p p p p p p
 *      MADV_FREE          f f f f f f f f       f: there, until it is wanted
 *      a store            f f f D f f f f       D: dirty again
 *      memory is wanted   . . . ~ . . . .       or p in its place, where there is no swap
 *
 * Look with: bits 63 and 62 of /proc/PID/pagemap, Swap in /proc/PID/smaps.
 * Read on:   madvise(2) MADV_FREE and MADV_PAGEOUT; document 004 section 11.4.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("Freed pages are dropped instead of swapped");

enum { PAGES = 8, STORED = 3, ATTEMPTS = 10, SEED = 1 };

/* Filled pages that were freed. */
static char *freed_pages(void)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, SEED);

	if (madvise(area, PAGES * page_size(), MADV_FREE) != 0) {
		undecided("needs MADV_FREE: Linux 4.5");
	}
	return area;
}

static struct pages wanted(char *area)
{
	if (madvise(area, PAGES * page_size(), MADV_PAGEOUT) != 0) {
		undecided("needs MADV_PAGEOUT: Linux 5.4");
	}
	return observe_pages("wanted", area, PAGES);
}

static size_t count_absent(struct pages seen)
{
	return seen.count - count_present(seen) - count_swapped(seen);
}

/*
 * A page in a list of another processor is overlooked: another attempt, then, with other pages. Yields those
 * of the last attempt, in which most were gone; so many, 0 or 1, are stored to before they are wanted.
 */
static char *gone_pages(size_t stored, size_t *most)
{
	char *area = NULL;

	*most = 0;
	for (int attempt = 0; attempt < ATTEMPTS && *most < PAGES - stored; attempt++) {
		area = freed_pages();
		if (stored > 0) {
			store(page(area, STORED) + page_size() - 1, 'x');
		}

		size_t absent = count_absent(wanted(area));

		*most = absent > *most ? absent : *most;
	}
	return area;
}

CLAIM(freed_pages_are_gone, "swap-24",
      "Freed pages are neither in memory nor in swap when their frames are wanted, and read as 0",
      .needs = PAGE_STATES | AREA_USAGE)
{
	size_t most;
	char *area = gone_pages(0, &most);

	assert_equals(most, PAGES, "pages neither present nor in swap, in the best attempt");
	assert_equals(observe_usage("gone", area, PAGES * page_size()).swap, 0, "Swap, in bytes");
	assert_all_bytes(area, PAGES * page_size(), 0, "what is read there");
	assert_all_bytes(area, PAGES * page_size(), 0, "what is read there once more");
}

CLAIM(swap_is_left_in_peace, "swap-24",
      "Where there is swap freed pages do not go there: none of them, although others do",
      .needs = PAGE_STATES | SWAP, .alone = "swap")
{
	size_t most;

	guard_swap((ATTEMPTS + 1) * PAGES * page_size());

	char *other = swapped_pages(PAGES, SEED), *area = gone_pages(0, &most);

	assert_equals(most, PAGES, "pages neither present nor in swap, in the best attempt");
	assert_strip(observe_pages("other", other, PAGES), "~");
	assert_strip(observe_pages("freed", area, PAGES), ".");
	assert_pattern(other, PAGES * page_size(), SEED, "what was in swap");
}

CLAIM(a_store_makes_a_page_worth_keeping, "swap-24",
      "A freed page that is stored to again is kept with every byte, while those beside it go",
      .needs = PAGE_STATES)
{
	size_t most;
	char *area = gone_pages(1, &most);
	static char kept[64 * 1024];

	arrange(page_size() <= sizeof kept);
	assert_equals(most, PAGES - 1, "pages that are gone, in the best attempt");
	assert_strip(observe_pages("one stored to", area, PAGES), "...?....");
	for (int round = 0; round < 3; round++) {
		struct pages seen = wanted(area);

		assert_equals(page_is_present(seen, STORED) || page_is_swapped(seen, STORED), true,
			      "whether the page stored to is present or in swap");
	}
	pattern_bytes(kept, page_size(), SEED, STORED * page_size());
	kept[page_size() - 1] = 'x';
	assert_same_bytes(page(area, STORED), kept, page_size(), "the page that was stored to");
	assert_all_bytes(area, STORED * page_size(), 0, "those before it");
	assert_all_bytes(page(area, STORED + 1), (PAGES - STORED - 1) * page_size(), 0,
			 "those behind it");
}

CONTROL(what_was_not_freed_is_never_gone, "swap-24",
	"Pages that nobody freed are present or in swap, however often they are wanted",
	.needs = PAGE_STATES)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, SEED);

	for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
		assert_equals(count_absent(wanted(area)), 0, "pages that are gone");
	}
	assert_pattern(area, PAGES * page_size(), SEED, "what the pages hold");
}
