/* SPDX-License-Identifier: MIT */
/*
 * A mapped file comes page by page
 * ================================
 *
 * "Demand paging means the OS loads a page only when it is actually touched" (document 004, 6.6).
 * To map a file is to promise it: not one page is read from the disk. A touch brings its page,
 * and whatever the file system cannot read apart from it: a block or a folio that is larger than
 * a page.
 *
 *      after mmap             . . . . . . . . . . . . . . . .
 *      after one touch        . . . . . o . . . . . . . . . .
 *      after a touch of each  o o o o o o o o o o o o o o o o
 *
 * The kernel reads ahead of whoever looks as if he would need more; MADV_RANDOM tells it that he
 * will not.
 *
 * Look with: mincore(2), which tells what of the file is in memory, mapped or not.
 * Read on:   mmap(2), mincore(2), madvise(2) MADV_RANDOM; document 004 sections 6.6, 16.2 and 16.3.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("A mapped file comes page by page");

enum { PAGES = 64, SEED = 9, TOUCHED = 21 };

/* The pages of a file that are on the disk only, mapped in this way. */
static char *cold_pages(int sharing)
{
	int fd = cold_file(PAGES, SEED);

	return fresh_mapping(PAGES, sharing, fd);
}

CLAIM(mapping_reads_nothing, "paging-12",
      "When a file has been mapped, shared or private, no page of it has been read",
      .needs = DISK_FILE)
{
	assert_equals(count_in_memory(cold_pages(MAP_SHARED), PAGES), 0, "pages, mapped shared");
	assert_equals(count_in_memory(cold_pages(MAP_PRIVATE), PAGES), 0, "pages, mapped private");
}

CLAIM(a_touch_reads_its_page, "paging-12",
      "A touch brings the page that is touched, and leaves most of the file where it is",
      .needs = DISK_FILE)
{
	char *area = cold_pages(MAP_SHARED);

	arrange(madvise(area, PAGES * page_size(), MADV_RANDOM) == 0);
	assert_equals(count_in_memory(page(area, TOUCHED), 1), 0, "whether it is there before");
	load(page(area, TOUCHED));
	assert_equals(count_in_memory(page(area, TOUCHED), 1), 1, "whether it is there after");
	assert_at_most(count_in_memory(area, PAGES), PAGES / 2, "pages in memory");
}

CLAIM(all_touches_read_all, "paging-12",
      "Page after page the whole file comes, and each byte of it is in its place",
      .needs = DISK_FILE)
{
	char *area = cold_pages(MAP_PRIVATE);

	arrange(madvise(area, PAGES * page_size(), MADV_RANDOM) == 0);
	for (size_t i = 0; i < PAGES; i++) {
		load(page(area, i * TOUCHED % PAGES)); /* each once, in an order of no sense */
	}
	assert_equals(count_in_memory(area, PAGES), PAGES, "pages in memory");
	assert_pattern(area, PAGES * page_size(), SEED, "the file");
}

CONTROL(a_populated_file_is_read, "paging-12",
	"With MAP_POPULATE each page of the file has been read when it has been mapped",
	.needs = DISK_FILE)
{
	assert_equals(count_in_memory(cold_pages(MAP_SHARED | MAP_POPULATE), PAGES), PAGES,
		      "pages in memory");
}
