/* SPDX-License-Identifier: MIT */
/*
 * Pages freed with MADV_FREE are whole or empty, and never between
 * ================================================================
 *
 * MADV_FREE is the lazy sister of MADV_DONTNEED: the kernel may take these pages, when it needs
 * some. Until then they are as they were, and a program that comes back sooner finds them there
 * without a fault. So a page that was freed holds all of its old bytes, or none; which of the two is
 * nobody's promise. But who stores into it takes it back: from then on it may not be lost any more.
 *
 *      freed            a b c d   or   0 0 0 0       at the kernel's choice, page by page
 *      then stored      a x c d   or   0 x 0 0       and so it stays
 *
 * The choice needs memory of which nobody keeps a copy: private, and without a file.
 *
 * Look with: nothing but eyes. MADV_PAGEOUT gives the kernel the occasion.
 * Read on:   madvise(2) MADV_FREE; document 004 section 6.5.
 */
#include <errno.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("Pages freed with MADV_FREE are whole or empty, and never between");

enum { PAGES = 16, FIRST = 4, FREED = 8 };

static void free_them(char *area)
{
	if (madvise(page(area, FIRST), FREED * page_size(), MADV_FREE) != 0) {
		undecided("needs MADV_FREE: Linux 4.5");
	}
}

/* The kernel may take what it can have without writing it anywhere. */
static void invite_the_kernel(char *area)
{
	(void)madvise(area, PAGES * page_size(), MADV_PAGEOUT);
}

/* The page's bytes from an offset on are all zeros, or all as they were. Yields whether zeros. */
static bool assert_whole_or_empty(const char *area, size_t number, size_t offset)
{
	static char old[64 * 1024];
	const char *seen = page(area, number), *last = seen + page_size() - sizeof(uint64_t);
	bool empty = true;

	arrange(page_size() <= sizeof old);
	pattern_bytes(old, page_size(), 1, number * page_size());
	for (size_t i = 0; i < sizeof(uint64_t); i++) {
		empty = empty && load(last + i) == 0;
	}
	if (empty) {
		assert_all_bytes(seen + offset, page_size() - offset, 0, "a page that was taken");
	} else {
		assert_same_bytes(seen + offset, old + offset, page_size() - offset,
				  "a page that was not taken");
	}
	return empty;
}

static void assert_the_others_whole(const char *area)
{
	for (size_t i = 0; i < PAGES; i++) {
		bool freed = i >= FIRST && i < FIRST + FREED;

		assert_equals(!freed && assert_whole_or_empty(area, i, 0), false, "a page is lost");
	}
}

CLAIM(each_page_is_all_there_or_all_zeros, "madvise-21",
      "Each page freed holds all of its old bytes or none, and the pages beside them all",
      .alone = "swap")
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

	free_them(area);
	for (int round = 0; round < 2; round++) {
		for (size_t i = FIRST; i < FIRST + FREED; i++) {
			assert_whole_or_empty(area, i, 0);
		}
		assert_the_others_whole(area);
		invite_the_kernel(area);
	}
}

CLAIM(a_store_takes_a_page_back, "madvise-22",
      "What is stored in a page after it was freed is kept, with the rest as it was then",
      .alone = "swap")
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);
	bool empty[PAGES];

	free_them(area);
	for (size_t i = FIRST; i < FIRST + FREED; i++) {
		store(page(area, i), 'x');
		empty[i] = assert_whole_or_empty(area, i, 1);
	}
	for (int round = 0; round < 3; round++) {
		invite_the_kernel(area);
		for (size_t i = FIRST; i < FIRST + FREED; i++) {
			assert_byte(page(area, i), 'x', "what was stored after it was freed");
			assert_equals(assert_whole_or_empty(area, i, 1), empty[i],
				      "the rest is empty");
		}
	}
	assert_the_others_whole(area);
}

CLAIM(only_private_memory_without_a_file_can_be_freed, "madvise-23",
      "MADV_FREE of shared memory or of a file is refused with EINVAL, and changes nothing")
{
	char *shared = filled_pages(PAGES, MAP_SHARED, 1);
	int fd = memory_file(PAGES, 2);
	char *file = fresh_mapping(PAGES, MAP_SHARED, fd),
	     *view = fresh_mapping(PAGES, MAP_PRIVATE, fd);
	size_t length = PAGES * page_size();

	free_them(filled_pages(PAGES, MAP_PRIVATE, 1));
	assert_refused(madvise(shared, length, MADV_FREE), EINVAL);
	assert_refused(madvise(file, length, MADV_FREE), EINVAL);
	write_pattern(view, length, 3);
	assert_refused(madvise(view, length, MADV_FREE), EINVAL);
	invite_the_kernel(shared);
	invite_the_kernel(view);
	assert_pattern(shared, length, 1, "shared memory");
	assert_pattern(file, length, 2, "the file");
	assert_pattern(view, length, 3, "a private view of it");
}

CONTROL(what_was_not_freed_is_never_empty, "madvise-21 madvise-22 madvise-23",
	"Pages that nobody freed keep every byte, however often the kernel is asked to take them",
	.alone = "swap")
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

	for (int round = 0; round < 3; round++) {
		invite_the_kernel(area);
		for (size_t i = 0; i < PAGES; i++) {
			assert_equals(assert_whole_or_empty(area, i, 0), false, "it is empty");
		}
	}
}
