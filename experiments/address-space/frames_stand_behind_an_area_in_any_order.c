/* SPDX-License-Identifier: MIT */
/*
 * Frames stand behind an area in any order
 * ========================================
 *
 * "Each process behaves as if it has a large, private, contiguous memory region. Internally,
 * that is false" (document 004, 5.2): pages that are neighbours may lie anywhere in physical
 * memory. They may lie side by side as well, and after a fresh start they often do; so to look
 * at frame numbers proves little. This does: the same frames, mapped once forwards and once
 * backwards.
 *
 *      forwards    | 0 | 1 | 2 | 3 |          both are read from the left to the right,
 *                    |   |   |   |            byte after byte, without a seam; but the
 *      frames       [7] [2] [9] [4]           frames of at most one of the two ascend
 *                    |   |   |   |
 *      backwards   | 3 | 2 | 1 | 0 |   (mirrored)
 *
 * Look with: stores through the one, loads through the other; for root, /proc/PID/pagemap.
 * Read on:   mmap(2), remap_file_pages(2), proc(5) "pagemap"; documents 003, 004 sections 5.2, 6.3.
 */
#include <touchstone/experiment.h>

EXPERIMENT("Frames stand behind an area in any order");

enum { PAGES = 16, SEED = 5 };

/* The file's pages, the last one first. */
static char *backwards(int fd)
{
	char *area = reserve(PAGES);

	for (size_t i = 0; i < PAGES; i++) {
		off_t offset = (off_t)((PAGES - 1 - i) * page_size());

		arrange(mmap(page(area, i), page_size(), PROT_READ | PROT_WRITE,
			     MAP_SHARED | MAP_FIXED, fd, offset) == page(area, i));
	}
	return area;
}

CLAIM(both_orders_are_seamless, "vma-12 paging-03",
      "Mapped forwards and backwards one file is memory without a seam, each page in its mirror")
{
	int fd = memory_file(PAGES, SEED);
	char *forwards = fresh_mapping(PAGES, MAP_SHARED, fd), *mirror = backwards(fd);

	for (size_t i = 0; i < PAGES; i++) {
		assert_same_bytes(page(mirror, PAGES - 1 - i), page(forwards, i), page_size(),
				  "a page in its mirror");
	}
	write_pattern(mirror, PAGES * page_size(), SEED + 1);
	assert_pattern(mirror, PAGES * page_size(), SEED + 1, "what was written backwards");
	for (size_t i = 0; i < PAGES; i++) {
		store(page(forwards, i) + i, (unsigned char)('a' + i));
		assert_byte(page(mirror, PAGES - 1 - i) + i, (unsigned char)('a' + i),
			    "a byte, in the mirror");
	}
}

CLAIM(accesses_cross_every_border, "vma-12",
      "A copy and a word that cross the border of two pages are whole, whatever frames they meet")
{
	char *mirror = backwards(memory_file(PAGES, SEED)), *copy = fresh_pages(PAGES, MAP_PRIVATE);
	const uint64_t word = UINT64_C(0x0123456789abcdef);
	uint64_t seen;

	for (size_t i = 1; i < PAGES; i++) {
		char *across = page(mirror, i) - sizeof word / 2;

		memcpy(across, &word, sizeof word);
		memcpy(&seen, across, sizeof seen);
		ck_assert_uint_eq(seen, word);
		assert_same_bytes(page(mirror, i), (const char *)&word + sizeof word / 2,
				  sizeof word / 2, "the half behind the border");
	}
	write_pattern(mirror + 1, (PAGES - 1) * page_size(), SEED + 1);
	memcpy(copy + 1, mirror + 1, (PAGES - 1) * page_size());
	assert_pattern(copy + 1, (PAGES - 1) * page_size(), SEED + 1, "a copy across all borders");
}

static size_t count_ascending(struct pages seen)
{
	size_t found = 0;

	for (size_t i = 1; i < seen.count; i++) {
		found += page_frame(seen, i) == page_frame(seen, i - 1) + 1;
	}
	return found;
}

CLAIM(the_same_frames_in_another_order, "vma-12 paging-03",
      "Behind the two are the same frames in opposite order, so that one at most has them "
      "ascending",
      .needs = FRAME_NUMBERS)
{
	int fd = memory_file(PAGES, SEED);
	char *forwards = fresh_mapping(PAGES, MAP_SHARED, fd), *mirror = backwards(fd);

	load_each(forwards, PAGES);
	load_each(mirror, PAGES);

	struct pages one = observe_pages("forwards", forwards, PAGES);
	struct pages other = observe_pages("backwards", mirror, PAGES);

	for (size_t i = 0; i < PAGES; i++) {
		assert_equals(page_frame(one, i), page_frame(other, PAGES - 1 - i),
			      "a page's frame, and that of its mirror");
	}
	evidence("neighbours whose frames ascend", "%zu forwards, %zu backwards, of %d",
		 count_ascending(one), count_ascending(other), PAGES - 1);
	assert_at_most(count_ascending(one) + count_ascending(other), PAGES - 1,
		       "neighbours whose frames ascend, in both");
}

CONTROL(the_same_order_shows_the_same, "vma-12 paging-03",
	"Mapped forwards twice each page appears in its own place, and not in its mirror's")
{
	int fd = memory_file(PAGES, SEED);
	char *one = fresh_mapping(PAGES, MAP_SHARED, fd);
	char *other = fresh_mapping(PAGES, MAP_SHARED, fd);

	for (size_t i = 0; i < PAGES; i++) {
		store(page(one, i), 's');
		assert_byte(page(other, i), 's', "the byte that was stored");
		ck_assert(memcmp(page(other, PAGES - 1 - i), page(one, i), page_size()) != 0);
		write_pattern(one, PAGES * page_size(), SEED);
	}
}
