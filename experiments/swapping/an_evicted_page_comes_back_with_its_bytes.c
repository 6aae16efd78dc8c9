/* SPDX-License-Identifier: MIT */
/*
 * An evicted page comes back with its bytes
 * =========================================
 *
 * "When an evicted page needs to be accessed again, the OS will read the updated version from the
 * swap file" (document 002). Updated is the word that matters: a page goes out and in many times
 * in its life, and each time the last version counts. An old one may well lie around in a
 * slot; who gave it back would go unnoticed for as long as nobody changes a byte between two journeys.
 *
 *      process     swap
 *      v1     -->  v1
 *      v1     <--  v1       a byte is changed: v2
 *      v2     -->  v2       not v1, which a slot may still hold
 *      v2     <--  v2
 *
 * It makes no difference who wants the page: a load, a store to one byte of it, or the kernel, which
 * reads it for a system call.
 *
 * Look with: bit 62 of /proc/PID/pagemap, and every byte.
 * Read on:   madvise(2) MADV_PAGEOUT; document 002.
 */
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("An evicted page comes back with its bytes");

enum { PAGES = 16, ROUNDS = 3, ATTEMPTS = 5, LARGEST_PAGE = 64 * 1024 };

static char expected[PAGES * LARGEST_PAGE];

static char *pages_in_swap(void)
{
	arrange(page_size() <= LARGEST_PAGE);
	guard_swap(PAGES * page_size());
	stay_on_one_processor();
	pattern_bytes(expected, PAGES * page_size(), 1, 0);
	return swapped_pages(PAGES, 1);
}

/* A page that is being written stays in memory: a disk gets the time to write something else. */
static void send_out_again(char *area)
{
	for (int round = 0; page_out(area, PAGES) < PAGES; round++) {
		int fd = scratch_file(1, 1);

		arrange(fsync(fd) == 0 && close(fd) == 0);
		if (round == ATTEMPTS) {
			undecided("needs swap with room for the same pages a second time");
		}
	}
}

CLAIM(every_byte_comes_back, "swap-03",
      "Evicted pages hold what they held, each its own, when they come back, on each journey",
      .needs = SWAP | PAGE_STATES, .alone = "swap")
{
	char *area = pages_in_swap();

	for (unsigned round = 1; round <= ROUNDS; round++) {
		assert_pattern(area, PAGES * page_size(), round, "what came back");
		send_out_again(area); /* unchanged */
		assert_pattern(area, PAGES * page_size(), round, "what came back once more");
		write_pattern(area, PAGES * page_size(), round + 1);
		send_out_again(area); /* changed in every byte */
	}
}

CLAIM(a_changed_byte_is_the_last_version, "swap-03",
      "One byte that is changed between two journeys is there after the second, among the old ones",
      .needs = SWAP | PAGE_STATES, .alone = "swap")
{
	const size_t each[] = {0, page_size() - 1, 5 * page_size() + page_size() / 2,
			       PAGES * page_size() - 1};
	char *area = pages_in_swap();

	for (int round = 0; round < ROUNDS; round++) {
		for (size_t i = 0; i < sizeof each / sizeof *each; i++) {
			load(area + each[i]);
			expected[each[i]]++;
			store(area + each[i], (unsigned char)expected[each[i]]);
		}
		send_out_again(area);
		assert_same_bytes(area, expected, PAGES * page_size(), "the last version");
	}
}

CLAIM(a_store_brings_the_rest_of_the_page, "swap-03",
      "A store to one byte of an evicted page finds all the others as they were",
      .needs = SWAP | PAGE_STATES, .alone = "swap")
{
	char *area = pages_in_swap();

	for (size_t i = 0; i < PAGES; i++) { /* at another place in each */
		size_t at = i * page_size() + i * (page_size() / PAGES);

		expected[at]++;
		store(area + at, (unsigned char)expected[at]);
	}
	assert_strip(observe_pages("stored to", area, PAGES), "p");
	assert_same_bytes(area, expected, PAGES * page_size(), "all of the pages");
}

CLAIM(the_kernel_finds_it_as_well, "swap-03",
      "A system call that reads from an evicted page, or writes to a part of it, finds its bytes",
      .needs = SWAP | PAGE_STATES, .alone = "swap")
{
	static char through[LARGEST_PAGE];
	char *area = pages_in_swap();
	int ends[2];

	arrange(pipe(ends) == 0);
	for (size_t i = 0; i < PAGES; i++) {
		assert_equals(write(ends[1], page(area, i), page_size()), page_size(),
			      "bytes that a pipe took of an evicted page");
		arrange(read(ends[0], through, page_size()) == (ssize_t)page_size());
		assert_same_bytes(through, expected + i * page_size(), page_size(),
				  "what a pipe was given of an evicted page");
	}
	send_out_again(area);
	arrange(write(ends[1], "new", 3) == 3);
	assert_equals(read(ends[0], page(area, 1) - 2, 3), 3, "bytes read into two of them");
	memcpy(expected + page_size() - 2, "new", 3);
	assert_same_bytes(area, expected, PAGES * page_size(), "what a pipe was read into");
}

CONTROL(what_is_given_up_does_not_come_back, "swap-03",
	"Pages in swap that are given up with MADV_DONTNEED are in swap no more, and read as zeros",
	.needs = SWAP | PAGE_STATES, .alone = "swap")
{
	char *area = pages_in_swap();

	assert_accepted(madvise(area, PAGES * page_size(), MADV_DONTNEED));
	assert_strip(observe_pages("given up", area, PAGES), ".");
	assert_all_bytes(area, PAGES * page_size(), 0, "what is read there");
}
