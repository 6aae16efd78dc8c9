/* SPDX-License-Identifier: MIT */
/*
 * A private page follows its file until it is written
 * ===================================================
 *
 * What is written privately never reaches the file. That the file never reaches the private
 * mapping is often taken for granted, too, and is not so on Linux: a private mapping is no
 * snapshot. A page that was not yet written is still the file's page, and shows what others
 * write to the file later. Only the first write to a page cuts it off, both ways.
 *
 *                              file changes       mapping changes
 *                              seen in mapping    seen in file
 *      MAP_SHARED              yes                yes
 *      MAP_PRIVATE, unwritten  yes                -
 *      MAP_PRIVATE, written    no                 no
 *
 * POSIX leaves the first private line unspecified; Linux has always answered yes.
 *
 * Look with: loads; /proc/PID/pagemap bit 61 (a file's page).
 * Read on:   mmap(2) MAP_PRIVATE; document 002 "Shared Objects Revisited".
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("A private page follows its file until it is written");

enum { PAGES = 4, WRITTEN = 1, IN_FILE = 1, LATER = 3 };

static void overwrite_file(int fd, unsigned seed)
{
	write_at(fd, filled_pages(PAGES, MAP_PRIVATE, seed), PAGES * page_size(), 0);
}

CLAIM(a_private_mapping_is_no_snapshot, "cow-10",
      "Pages of a private mapping that were only read show what is written to the file later")
{
	int fd = scratch_file(PAGES, IN_FILE);
	char *area = fresh_mapping(PAGES, MAP_PRIVATE, fd);

	assert_pattern(area, PAGES * page_size(), IN_FILE, "the mapping at first");
	overwrite_file(fd, LATER);
	assert_pattern(area, PAGES * page_size(), LATER, "the mapping after write(2)");
	write_pattern(fresh_mapping(PAGES, MAP_SHARED, fd), PAGES * page_size(), IN_FILE);
	assert_pattern(area, PAGES * page_size(), IN_FILE, "after a write through a shared view");
}

/* How much a write takes along is the kernel's to choose; where pagemap shows pages, it is one. */
CLAIM(the_pages_beside_a_written_one_follow_the_file, "cow-10",
      "A write cuts off one page: those before and behind it still show later changes of the file",
      .needs = PAGE_STATES)
{
	int fd = scratch_file(PAGES, IN_FILE);
	char *area = fresh_mapping(PAGES, MAP_PRIVATE, fd);
	char *now = fresh_mapping(PAGES, MAP_SHARED, fd);

	assert_pattern(area, PAGES * page_size(), IN_FILE, "the mapping at first");
	store(page(area, WRITTEN), 'w');
	overwrite_file(fd, LATER);
	assert_pattern(area, page_size(), LATER, "the page before it");
	assert_same_bytes(page(area, WRITTEN + 1), page(now, WRITTEN + 1),
			  (PAGES - WRITTEN - 1) * page_size(), "the pages behind it");
	assert_equals(count_of_file(observe_pages("mapping", area, PAGES)), PAGES - 1,
		      "file pages in the mapping");
}

CONTROL(a_written_page_is_cut_off, "cow-10",
	"A page that was written, by a single byte, keeps its content when the file changes")
{
	int fd = scratch_file(PAGES, IN_FILE);
	char *area = fresh_mapping(PAGES, MAP_PRIVATE, fd);
	char *old = page(fresh_mapping(PAGES, MAP_PRIVATE, fd), WRITTEN);
	char *now = fresh_mapping(PAGES, MAP_SHARED, fd);

	store(page(area, WRITTEN), 'w');
	store(old, load(old)); /* the same byte: a write for all that */
	overwrite_file(fd, LATER);
	assert_pattern(now, PAGES * page_size(), LATER, "the file");
	assert_byte(page(area, WRITTEN), 'w', "the byte that was written");
	assert_same_bytes(page(area, WRITTEN) + 1, old + 1, page_size() - 1,
			  "the rest of its page");

	static unsigned char bytes[64 * 1024];

	arrange(page_size() <= sizeof bytes);
	pattern_bytes(bytes, page_size(), IN_FILE, WRITTEN * page_size());
	assert_same_bytes(old, bytes, page_size(), "the page written with its own byte");
}
