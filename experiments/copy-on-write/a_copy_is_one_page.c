/* SPDX-License-Identifier: MIT */
/*
 * What copy-on-write copies is one page
 * =====================================
 *
 * "It creates a new copy of the page", says document 002. Which page, when memory comes in larger
 * pieces? The kernel may keep a file in the page cache in pieces of many pages, and anonymous
 * memory in huge ones. Copying two megabytes for one byte would be dear, so the copy is made by
 * the base page all the same: the rest of the piece goes on being shared.
 *
 *      one huge page, shared          the child writes a byte of page 3
 *
 *      parent    child                parent             child
 *        |         |                    |      .-----------+
 *      [ 0 1 2 3 4 5 ... ]            [ 0 1 2 3 4 5 ... ]  [3']
 *
 * Look with: ru_minflt; /proc/PID/pagemap bit 61 (a file's page) and frame numbers.
 * Read on:   mmap(2), madvise(2) MADV_HUGEPAGE; documents 002 "Shared Objects Revisited", 004
 *            section 18.1.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>
#include <touchstone/huge_pages.h>

EXPERIMENT("What copy-on-write copies is one page");

enum { PAGES = 8, WRITTEN = 3 };

/* Mapped and read throughout; into a place of its own, so that its area is nobody else's. */
static char *mapped_and_read(int fd, int sharing)
{
	char *area = fresh_mapping(PAGES, sharing, fd);

	assert_pattern(area, PAGES * page_size(), 1, "what the mapping reads");
	return area;
}

CLAIM(the_piece_that_is_copied_is_one_page, "cow-15",
      "Writes to every second page copy these alone, for one fault each",
      .needs = FAULT_COUNTS | PAGE_STATES)
{
	int fd = memory_file(PAGES, 1);
	char *area = mapped_and_read(fd, MAP_PRIVATE);

	(void)faults_of(store(area, 'w'));
	for (size_t i = 2; i < PAGES; i += 2) {
		assert_equals(faults_of(store(page(area, i), 'w')).minor, 1, "faults of a write");
	}

	struct pages seen = observe_pages("written", area, PAGES);

	for (size_t i = 0; i < PAGES; i++) {
		assert_equals(page_is_of_file(seen, i), i % 2, "whether the page is the file's");
	}
}

/* A huge page that parent and child share is copied in base pages, too. */
CLAIM(a_huge_page_is_copied_by_the_page, "cow-15",
      "One byte written into a shared huge page copies one base page of it",
      .needs = HUGE_PAGES | FRAME_NUMBERS | AREA_USAGE)
{
	size_t huge = huge_page_size(), pages = huge / page_size();
	char *area = huge_stretch();

	arrange(madvise(area, huge, MADV_HUGEPAGE) == 0);
	store(area, 'h');
	if (observe_usage("area", area, huge).huge != huge) {
		undecided("needs a huge page: enough free memory that is not fragmented");
	}

	struct pages before = observe_pages("before", area, pages);

	IN_CHILD {
		store(page(area, WRITTEN), 'c');

		struct pages after = observe_pages("child", area, pages);

		assert_differs(page_frame(after, WRITTEN), page_frame(before, WRITTEN),
			       "the frame of the page written");
		/* the kernel may move frames for reasons of its own, but not a quarter of them */
		assert_at_least(count_frames_kept(after, before), pages * 3 / 4, "frames kept");
	}
}

CONTROL(a_shared_page_is_not_copied, "cow-15",
	"The same writes through MAP_SHARED leave every page the file's", .needs = PAGE_STATES)
{
	char *area = mapped_and_read(memory_file(PAGES, 1), MAP_SHARED);

	for (size_t i = 0; i < PAGES; i += 2) {
		store(page(area, i), 'w');
	}
	assert_equals(count_of_file(observe_pages("written", area, PAGES)), PAGES, "file pages");
}
