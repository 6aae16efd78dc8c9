/* SPDX-License-Identifier: MIT */
/*
 * Moving memory need not copy it
 * ==============================
 *
 * The cure for holes is compaction: to move what is in use together, so that what is free becomes one
 * piece. "Moving a process is expensive" (document 004, section 4.1), for every byte has to be copied. With
 * paging "compaction is less necessary" (6.3), and where addresses have to be compacted nothing is copied:
 * mremap(2) lets the new addresses lead to the old frames.
 *
 *      before    |a|.|b|.|c|.|d|.|          [7] [2] [9] [4]
 *      after     |a|b|c|d|.......|          [7] [2] [9] [4]     the same frames: no byte has moved
 *
 * Look with: /proc/self/pagemap; getrusage(2); mmap(2) with MAP_FIXED_NOREPLACE for the room that is won.
 * Read on:   mremap(2); document 004 sections 4.1 and 6.3.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("Moving memory need not copy it");

#ifndef MAP_FIXED_NOREPLACE
#define MAP_FIXED_NOREPLACE 0x100000
#endif

enum { BLOCKS = 16, PAGES = 2 * BLOCKS, TRIES = 4 };

/* Every other page is unmapped; the others hold, together, the pattern of one stretch. */
static char *memory_with_holes(void)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);
	static char bytes[64 * 1024];

	arrange(page_size() <= sizeof bytes);
	for (size_t i = 0; i < BLOCKS; i++) {
		pattern_bytes(bytes, page_size(), 1, i * page_size());
		memcpy(page(area, 2 * i), bytes, page_size());
		arrange(munmap(page(area, 2 * i + 1), page_size()) == 0);
	}
	return area;
}

/* Page by page to the low end, into the hole that is there or where an earlier page was. */
static void compact_by_remapping(char *area)
{
	for (size_t i = 1; i < BLOCKS; i++) {
		assert_address(mremap(page(area, 2 * i), page_size(), page_size(),
				      MREMAP_MAYMOVE | MREMAP_FIXED, page(area, i)),
			       page(area, i), "where the page is now");
	}
}

static void *map_at_the_high_end(char *area)
{
	return mmap(page(area, BLOCKS), BLOCKS * page_size(), PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
}

CLAIM(remapping_makes_one_hole, "frag-16",
      "Remapped to the low end the pages hold what they did, and leave one hole for a large "
      "request")
{
	char *area = memory_with_holes();

	assert_refused(map_at_the_high_end(area), EEXIST);
	compact_by_remapping(area);
	assert_pattern(area, BLOCKS * page_size(), 1, "the pages, now together");
	assert_address(map_at_the_high_end(area), page(area, BLOCKS), "where half of it is mapped");
	assert_all_bytes(page(area, BLOCKS), BLOCKS * page_size(), 0, "the new mapping");
	assert_pattern(area, BLOCKS * page_size(), 1, "the pages below it");
}

CLAIM(remapping_faults_no_page_in, "frag-16",
      "To remap all of the pages, and to read them at their new places, takes not one page fault",
      .needs = FAULT_COUNTS)
{
	char *area = memory_with_holes();
	struct faults spent;

	compact_by_remapping(area); /* once uncounted */
	area = memory_with_holes();
	spent = faults_of(compact_by_remapping(area); load_each(area, BLOCKS));
	assert_equals(spent.minor, 0, "minor faults");
	assert_equals(spent.major, 0, "major faults");
}

CLAIM(the_frames_stay, "frag-16",
      "Behind each page at its new place is the frame that it had at the old one",
      .needs = FRAME_NUMBERS)
{
	size_t same = 0;

	for (int i = 0; i < TRIES && same < BLOCKS; i++) { /* the kernel may migrate frames, too */
		char *area = memory_with_holes();
		struct pages old = observe_pages("before", area, PAGES);

		compact_by_remapping(area);

		struct pages now = observe_pages("after", area, BLOCKS);

		same = 0;
		for (size_t j = 0; j < BLOCKS; j++) {
			same += page_frame(now, j) != 0 &&
				page_frame(now, j) == page_frame(old, 2 * j);
		}
	}
	assert_equals(same, BLOCKS, "pages that have the frame they had");
}

static size_t compact_by_copying(char *area)
{
	size_t bytes = 0;

	for (size_t i = 1; i < BLOCKS; i++) {
		if (i % 2 == 1) { /* a hole; other places are those of earlier pages */
			arrange(mmap(page(area, i), page_size(), PROT_READ | PROT_WRITE,
				     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1,
				     0) == page(area, i));
		}
		memcpy(page(area, i), page(area, 2 * i), page_size());
		bytes += page_size();
	}
	for (size_t i = BLOCKS; i < PAGES; i++) {
		arrange(munmap(page(area, i), page_size()) == 0);
	}
	return bytes;
}

CONTROL(copying_takes_every_byte_and_new_frames, "frag-16",
	"Compaction by copying has the same result, but copies each byte and faults new pages in",
	.needs = FAULT_COUNTS)
{
	char *area = memory_with_holes();
	size_t bytes = 0;
	struct faults spent = faults_of(bytes = compact_by_copying(area));

	evidence("bytes copied", "%zu", bytes);
	assert_at_least(spent.minor, BLOCKS / 2, "minor faults");
	assert_pattern(area, BLOCKS * page_size(), 1, "the pages, now together");
	assert_address(map_at_the_high_end(area), page(area, BLOCKS), "where half of it is mapped");
}
