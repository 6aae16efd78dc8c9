/* SPDX-License-Identifier: MIT */
/*
 * Frame numbers are for the privileged
 * ====================================
 *
 * A program uses virtual addresses and never learns which frames they lead to; document 004 (5.1)
 * makes that the point of virtual memory. Linux keeps a window: /proc/PID/pagemap has a word for
 * each page. Whoever knew frame numbers could work on neighbouring rows of the memory chips
 * (rowhammer), so since Linux 4.2 the number reads as 0 without the capability CAP_SYS_ADMIN. The
 * rest is shown to anybody: whether the page is there, swapped, of a file, mapped by one alone.
 *
 *      bit 63       62        61       56            54 ................ 0
 *      present    swapped    file    exclusive       frame number, or zeros
 *
 * The memory itself, /dev/mem, opens for nobody without CAP_SYS_RAWIO. What counts for pagemap is
 * who opened it: a descriptor from better days still shows the numbers.
 *
 * Look with: /proc/self/pagemap, read by hand.
 * Read on:   proc(5) "pagemap", mem(4), capabilities(7); document 004 sections 5.1 and 17.4.
 */
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Frame numbers are for the privileged");

enum { PAGES = 64, SEED = 17 };

static int open_pagemap(void)
{
	return open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
}

/* The words of pages as this descriptor shows them. */
static void read_words(int pagemap, const char *area, uint64_t words[PAGES])
{
	const size_t length = PAGES * sizeof *words;
	off_t at = (off_t)((uintptr_t)area / page_size() * sizeof *words);

	assert_equals(pread(pagemap, words, length, at), length, "bytes read from pagemap");
}

static bool present(uint64_t word)
{
	return word >> 63;
}

static uint64_t frame(uint64_t word)
{
	return word & ((UINT64_C(1) << 55) - 1);
}

CLAIM(the_unprivileged_see_no_numbers, "prot-22",
      "Without capabilities pagemap tells that a written page is present, and its number is 0",
      .needs = PAGE_STATES)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);
	uint64_t words[PAGES];

	IN_CHILD {
		give_up_capabilities();

		int pagemap = open_pagemap();

		arrange(pagemap >= 0);
		read_words(pagemap, area, words);
		for (size_t i = 0; i < PAGES; i++) {
			ck_assert_msg(!present(words[i]), "page %zu is present, untouched", i);
		}
		write_pattern(area, PAGES * page_size(), SEED);
		read_words(pagemap, area, words);
		for (size_t i = 0; i < PAGES; i++) {
			ck_assert_msg(present(words[i]), "page %zu is not present, written", i);
			ck_assert_msg(frame(words[i]) == 0, "page %zu shows frame %llx", i,
				      (unsigned long long)frame(words[i]));
		}
	}
}

CLAIM(nobody_unprivileged_opens_memory_itself, "prot-22",
      "Without capabilities physical memory cannot be opened, to be read or to be written")
{
	IN_CHILD {
		give_up_capabilities();

		const int modes[] = {O_RDONLY, O_WRONLY, O_RDWR};

		for (size_t i = 0; i < 3; i++) {
			errno = 0;
			assert_equals(open("/dev/mem", modes[i] | O_CLOEXEC), -1,
				      "what open(2) of /dev/mem answers");
			evidence("errno", "%s", strerror(errno)); /* or there is none: ENOENT */
		}
	}
}

CLAIM(who_opened_it_decides, "prot-22",
      "A pagemap that was opened with privileges shows the numbers to whom they have left",
      .needs = FRAME_NUMBERS)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, SEED);
	int before = open_pagemap();
	uint64_t words[PAGES];

	arrange(before >= 0);
	IN_CHILD {
		give_up_capabilities();
		arrange(open_pagemap() >= 0);
		read_words(before, area, words);
		for (size_t i = 0; i < PAGES; i++) {
			assert_differs(frame(words[i]), 0, "the frame's number");
		}
		read_words(open_pagemap(), area, words);
		for (size_t i = 0; i < PAGES; i++) {
			assert_equals(frame(words[i]), 0, "its number, opened without privileges");
		}
	}
}

CONTROL(the_privileged_see_a_number_for_each, "prot-22",
	"With CAP_SYS_ADMIN each written page shows a frame of its own, and no two have the same",
	.needs = FRAME_NUMBERS)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, SEED);
	uint64_t words[PAGES];

	read_words(open_pagemap(), area, words);
	for (size_t i = 0; i < PAGES; i++) {
		assert_differs(frame(words[i]), 0, "a frame's number");
		for (size_t k = 0; k < i; k++) {
			assert_differs(frame(words[i]), frame(words[k]), "another frame's number");
		}
	}
}
