/* SPDX-License-Identifier: MIT */
/*
 * Pages that are given back are lazy again
 * ========================================
 *
 * Document 004 (section 6.5) says that a page may simply not have been allocated yet, and is then
 * created lazily. That is no phase of youth which a page leaves for good: madvise(MADV_DONTNEED)
 * takes the frames of a range away and leaves its addresses. The range is what it was just after
 * mmap: nothing is behind it, the next touch faults, and finds zeros. What free(3) does with
 * large memory, and what a garbage collector does with an empty region, rests on it.
 *
 *      before                    MADV_DONTNEED on two      the next store to one
 *
 *      +---+---+---+---+         +---+---+---+---+         +---+---+---+---+
 *      | a | b | c | d |   ->    | a |   |   | d |   ->    | a | 0 |   | d |
 *      +---+---+---+---+         +---+---+---+---+         +---+---+---+---+
 *
 * The zeros belong to private anonymous memory alone. A page that stands for a file, or shared
 * memory, is only let go of: its next touch fetches the contents that the file has kept.
 *
 * Look with: /proc/PID/pagemap, getrusage(2) ru_minflt.
 * Read on:   madvise(2); document 001 "Lazy Allocation Explained"; document 004 sections 5.2, 6.5.
 */
#include <errno.h>
#include <limits.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>
#include <touchstone/translations.h>

EXPERIMENT("Pages that are given back are lazy again");

enum { PAGES = 8, FIRST = 3, GIVEN = 2, LAST = FIRST + GIVEN, ROUNDS = 4 };

static char *pages_of(int flags, int fd)
{
	char *area = mmap(NULL, PAGES * page_size(), PROT_READ | PROT_WRITE, flags, fd, 0);

	arrange(area != MAP_FAILED);
	write_pattern(area, PAGES * page_size(), 1);
	return area;
}

static int give_back(char *area)
{
	return madvise(page(area, FIRST), GIVEN * page_size(), MADV_DONTNEED);
}

CLAIM(given_back_pages_read_zero, "lazy-18",
      "Pages given back by MADV_DONTNEED are zero in every byte, and their neighbours unchanged")
{
	char *area = pages_of(MAP_PRIVATE | MAP_ANONYMOUS, -1), *given = page(area, FIRST);
	char *expected = pages_of(MAP_PRIVATE | MAP_ANONYMOUS, -1);

	for (int round = 0; round < 2; round++) {
		assert_accepted(give_back(area));
		assert_all_bytes(given, GIVEN * page_size(), 0, "the pages given back");
		assert_same_bytes(area, expected, FIRST * page_size(), "the pages before them");
		assert_same_bytes(page(area, LAST), page(expected, LAST),
				  (PAGES - LAST) * page_size(), "the pages behind them");
		write_pattern(given, GIVEN * page_size(), 2);
		assert_pattern(given, GIVEN * page_size(), 2, "what is written into them later");
	}
}

CLAIM(nothing_is_behind_them_until_the_next_touch, "lazy-18",
      "Giving back takes the frames of just those pages away, and a store brings them one by one",
      .needs = FRAME_IDENTITY)
{
	char *area = pages_of(MAP_PRIVATE | MAP_ANONYMOUS, -1);

	assert_strip(observe_pages("filled", area, PAGES), "oooooooo");
	assert_accepted(give_back(area));
	assert_strip(observe_pages("given back", area, PAGES), "ooo..ooo");
	store(page(area, LAST) - 1, 'x');
	assert_strip(observe_pages("stored", area, PAGES), "ooo.oooo");
	load(page(area, FIRST));
	assert_strip(observe_pages("loaded", area, PAGES), "ooozoooo");
}

CLAIM(each_costs_one_fault_again, "lazy-18",
      "After giving back, the first store to each of those pages faults once, as on the first day",
      .needs = FAULT_COUNTS)
{
	char *area = pages_of(MAP_PRIVATE | MAP_ANONYMOUS, -1);

	for (int round = 0; round < 2; round++) {
		assert_accepted(give_back(area));
		assert_equals(faults_of(store_each(area, PAGES, 'x')).minor, GIVEN,
			      "minor faults of a store to every page");
		assert_equals(faults_of(store_each(area, PAGES, 'y')).minor, 0,
			      "minor faults of a second store to every page");
	}
}

CONTROL(pages_that_were_kept_do_not_fault, "lazy-18",
	"MADV_COLD, which gives advice but gives nothing back, costs not a byte, and no fault "
	"but for noting the next use where the processor does not",
	.needs = FAULT_COUNTS)
{
	long noted = a_use_costs_a_fault() ? GIVEN : 0, fewest = LONG_MAX;
	char *area = pages_of(MAP_PRIVATE | MAP_ANONYMOUS, -1);

	/* Where a use is noted by a fault, that of a page of the program's code may be, too. */
	for (int round = 0; round < ROUNDS && fewest != noted; round++) {
		if (madvise(page(area, FIRST), GIVEN * page_size(), MADV_COLD) != 0) {
			undecided("needs MADV_COLD: Linux 5.4");
		}
		keep_least(&fewest, faults_of(load_each(area, PAGES)).minor);
	}
	assert_equals(fewest, noted, "minor faults of a load");
	assert_pattern(area, PAGES * page_size(), 1, "every page after MADV_COLD");
}

CONTROL(files_and_shared_memory_keep_their_contents, "lazy-18",
	"The same call loses nothing of shared memory, and only the copy of a file privately "
	"mapped")
{
	size_t length = PAGES * page_size();
	int fd = memfd_create("kept", 0);
	char *shared = pages_of(MAP_SHARED | MAP_ANONYMOUS, -1);

	arrange(fd >= 0 && ftruncate(fd, (off_t)length) == 0);
	assert_accepted(give_back(shared));
	assert_pattern(shared, length, 1, "shared memory after MADV_DONTNEED");

	char *file = pages_of(MAP_SHARED, fd), *copy = pages_of(MAP_PRIVATE, fd);

	store_each(copy, PAGES, '~');
	assert_accepted(give_back(copy));
	assert_same_bytes(page(copy, FIRST), page(file, FIRST), GIVEN * page_size(),
			  "the pages of the copy that were given back");
	assert_byte(page(copy, FIRST - 1), '~', "the page before them");
	assert_byte(page(copy, LAST), '~', "the page behind them");
}
