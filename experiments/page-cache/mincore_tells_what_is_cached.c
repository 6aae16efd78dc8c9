/* SPDX-License-Identifier: MIT */
/*
 * For a file mincore tells what is cached, by whomever
 * ====================================================
 *
 * mincore(2) is easily taken for the page table's word. Of a mapped file it asks the page cache
 * instead: a page that somebody else has brought is in memory, though this process never touched
 * it, and it stays so when this process gives it back. What is not cached, be it a hole or a page
 * that was dropped, is not in memory for anybody.
 *
 *                                    pagemap (this process)     mincore (anybody)
 *      cached, not touched here               .                        #
 *      touched here                           p                        #
 *      touched here, given back               .                        #
 *      a hole, or dropped                     .                        -
 *
 * Look with: mincore(2) beside /proc/PID/pagemap: a sandbox that has no pagemap may say yes to
 *            all.
 * Read on:   mincore(2), madvise(2) MADV_DONTNEED; document 004 section 18.3.
 */
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("For a file mincore tells what is cached, by whomever");

enum { PAGES = 8, SEED = 5 };

/* The answers, drawn as a strip: # in memory, - not. */
static void assert_told(void *area, const char *expected, const char *what)
{
	unsigned char told[PAGES];
	char seen[PAGES + 1] = "", text[PAGES + 1] = "";

	assert_accepted(mincore(area, PAGES * page_size(), told));
	for (size_t i = 0; i < PAGES; i++) {
		seen[i] = told[i] & 1 ? '#' : '-';
		text[i] = expected[i % strlen(expected)];
	}
	evidence(what, "%s", seen);
	ck_assert_str_eq(seen, text);
}

CLAIM(a_cached_page_is_there_for_everybody, "mincore-02",
      "Pages of a file are told to be in memory by a mapping that never touched them, holes not",
      .needs = PAGE_STATES)
{
	int fd = memory_file(3, SEED);
	char byte = 'w';

	arrange(ftruncate(fd, (off_t)(PAGES * page_size())) == 0);

	char *shared = fresh_mapping(PAGES, MAP_SHARED, fd);
	char *private = fresh_mapping(PAGES, MAP_PRIVATE, fd);

	need_single_pages(fd, 3);
	assert_told(shared, "###-----", "a file with a hole");
	assert_told(private, "###-----", "the same, privately");
	assert_strip(observe_pages("pagemap", shared, PAGES), ".");
	arrange(pwrite(fd, &byte, 1, (off_t)(6 * page_size())) == 1);
	IN_CHILD {
		store(page(shared, 4), 's');
	}
	need_single_pages(fd, 5);
	assert_told(shared, "###-#-#-", "after a write and another process's store");
	assert_told(private, "###-#-#-", "the same, privately");
	assert_strip(observe_pages("pagemap", shared, PAGES), ".");
}

CLAIM(what_is_given_back_stays_cached, "mincore-02",
      "After MADV_DONTNEED a file's page is in no page table of ours, and in memory all the same",
      .needs = PAGE_STATES)
{
	int fd = memory_file(PAGES, SEED);

	for (int shared = 0; shared < 2; shared++) {
		char *area = fresh_mapping(PAGES, shared ? MAP_SHARED : MAP_PRIVATE, fd);

		store_each(area, PAGES, 's');
		assert_strip(observe_pages("pagemap, touched", area, PAGES), "p");
		assert_accepted(madvise(area, PAGES * page_size(), MADV_DONTNEED));
		assert_strip(observe_pages("pagemap, given back", area, PAGES), ".");
		assert_told(area, "#", "given back");
	}
}

CLAIM(what_left_the_cache_is_gone_for_everybody, "mincore-02",
      "A file dropped from the page cache is not in memory; one load brings its page, for all",
      .needs = DISK_FILE)
{
	int fd = disk_file(PAGES, SEED);
	char *area = fresh_mapping(PAGES, MAP_SHARED, fd);
	char *other = fresh_mapping(PAGES, MAP_PRIVATE, fd);

	assert_told(area, "#", "just written");
	make_cold(fd, PAGES);
	arrange(madvise(area, PAGES * page_size(), MADV_RANDOM) == 0);
	assert_told(area, "-", "dropped");
	assert_told(other, "-", "dropped, privately");
	load(page(area, 5));
	assert_told(area, "-----#--", "one loaded");
	assert_told(other, "-----#--", "one loaded, privately");
}

CONTROL(pagemap_tells_of_this_process_only, "mincore-02",
	"For a cached file that nobody here has touched the two witnesses differ, for memory they "
	"agree",
	.needs = PAGE_STATES)
{
	char *file = fresh_mapping(PAGES, MAP_SHARED, memory_file(PAGES, SEED));
	char *memory = fresh_pages(PAGES, MAP_PRIVATE);

	store_each(memory, 3, 's');
	assert_strip(observe_pages("file", file, PAGES), ".");
	assert_told(file, "#", "file");
	assert_strip(observe_pages("memory", memory, PAGES), "ppp.....");
	assert_told(memory, "###-----", "memory");
}
