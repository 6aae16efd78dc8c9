/* SPDX-License-Identifier: MIT */
/*
 * A stale pointer meets what is mapped there next
 * ===============================================
 *
 * Document 002 says that references after munmap cause segfaults. The segfault lasts only while the
 * addresses are free. The next mapping may lie there; then a stale pointer traps no more, but
 * silently reads and writes what has become somebody else's memory. A segfault is the lucky
 * end of a pointer that was kept too long.
 *
 *       page 0     page 1     pages 2 to 4
 *     +----------+----------+----------------+
 *     |  whole   | SIGSEGV  |     whole      |    after munmap
 *     +----------+----------+----------------+
 *     |  whole   |   new    |     whole      |    after the next mmap
 *     +----------+----------+----------------+
 *
 * Look with: loads, stores and calls that may trap, and every byte of the new page and beside it.
 * Read on:   munmap(2), sigaction(2) "si_code"; document 002 "User-Level Memory Mapping".
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("A stale pointer meets what is mapped there next");

enum { PAGES = 5, GONE = 1 };

/* Five pages, each filled with a pattern of its own. */
static char *five_pages(void)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	for (unsigned i = 0; i < PAGES; i++) {
		write_pattern(page(area, i), page_size(), i);
	}
	return area;
}

/* Every access that a program has, at both ends of the page and inside. */
static void assert_gone(char *gone)
{
	size_t offsets[] = {0, page_size() / 2 + 3, page_size() - 1};

	for (size_t i = 0; i < 3; i++) {
		char *there = gone + offsets[i];

		assert_trap(try_load(there), SIGSEGV, SEGV_MAPERR, there);
		assert_trap(try_store(there, 'x'), SIGSEGV, SEGV_MAPERR, there);
	}
	assert_trap(try_call(gone), SIGSEGV, SEGV_MAPERR, gone);
}

/* All other pages are as they were in every byte, and can be written to at either end. */
static void assert_whole_beside_it(char *area)
{
	for (unsigned i = 0; i < PAGES; i++) {
		char *start = page(area, i), *last = start + page_size() - 1;

		if (i != GONE) {
			assert_pattern(start, page_size(), i, "a page beside the range");
			store(start, load(start));
			store(last, load(last));
		}
	}
}

CLAIM(a_stale_pointer_reads_what_is_mapped_there_next, "munmap-07",
      "Once something else is mapped there, a stale pointer reads and writes that, unwarned")
{
	char *area = five_pages(), *stale = page(area, GONE);

	assert_accepted(munmap(stale, page_size()));
	assert_gone(stale);
	assert_address(mmap(stale, page_size(), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
			    -1, 0),
		       stale, "a new mapping that asks for the old place");
	assert_no_trap(try_load(stale));
	assert_all_bytes(stale, page_size(), 0, "what the stale pointer reads");
	assert_no_trap(try_store(stale, 'x'));
	assert_byte(stale, 'x', "what the stale pointer wrote");
	assert_whole_beside_it(area);
}

CONTROL(unless_it_is_taken_the_place_stays_empty, "munmap-07",
	"A new mapping elsewhere changes nothing, and the stale pointer traps as before")
{
	char *area = five_pages(), *stale = page(area, GONE);
	char *other = reserve(1); /* made first, lest it takes the place itself */

	assert_accepted(munmap(stale, page_size()));
	assert_gone(stale);
	arrange(mmap(other, page_size(), PROT_READ | PROT_WRITE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == other);
	assert_gone(stale);
	assert_all_bytes(other, page_size(), 0, "the new mapping");
}
