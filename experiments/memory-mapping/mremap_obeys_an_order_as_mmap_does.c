/* SPDX-License-Identifier: MIT */
/*
 * mremap obeys an order as mmap does
 * ==================================
 *
 * With MREMAP_FIXED the pages go to the very address that is given. Whatever is mapped there is
 * discarded, as far as the new length reaches. If the new length is shorter only so much is
 * moved, and the rest is unmapped; if it is longer, zeros follow.
 *
 *      from  | 0 | 1 | 2 | 3 |             to  | x | x | x | x | x |
 *                            mremap(from, 4 pages, 2 pages, MAYMOVE | FIXED, to + 1 page)
 *      from  .   .   .   .   .             to  | x | 0 | 1 | x | x |
 *
 * Look with: every byte on both sides of each border.
 * Read on:   mremap(2) MREMAP_FIXED.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("mremap obeys an order as mmap does");

enum { PAGES = 5, ORDER = MREMAP_MAYMOVE | MREMAP_FIXED, FROM = 1, TO = 100 };

static size_t bytes(size_t pages)
{
	return pages * page_size();
}

/* Five pages, each filled with a pattern of its own. */
static char *five_pages(unsigned seed)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	for (unsigned i = 0; i < PAGES; i++) {
		write_pattern(page(area, i), page_size(), seed + i);
	}
	return area;
}

/* These pages hold the patterns of such an area, from its page first on. */
static void assert_pages(char *area, size_t count, unsigned seed, unsigned first, const char *what)
{
	for (unsigned i = 0; i < count; i++) {
		assert_pattern(page(area, i), page_size(), seed + first + i, what);
	}
}

static void assert_gone(char *area, size_t pages)
{
	char *last = page(area, pages) - 1;

	assert_trap(try_load(area), SIGSEGV, SEGV_MAPERR, area);
	assert_trap(try_load(last), SIGSEGV, SEGV_MAPERR, last);
}

CLAIM(what_is_there_is_discarded, "mremap-04",
      "What lies at the destination is replaced, page by page, and what lies beside it stays")
{
	char *from = five_pages(FROM), *to = five_pages(TO);

	assert_address(mremap(page(from, 1), bytes(3), bytes(3), ORDER, page(to, 1)), page(to, 1),
		       "the new address");
	assert_pages(page(to, 1), 3, FROM, 1, "the pages that were moved");
	assert_pages(to, 1, TO, 0, "the page below them");
	assert_pages(page(to, 4), 1, TO, 4, "the page above them");
	assert_gone(page(from, 1), 3);
	assert_pages(from, 1, FROM, 0, "the page that was below");
	assert_pages(page(from, 4), 1, FROM, 4, "the page that was above");
}

CLAIM(the_new_length_counts, "mremap-04",
      "A shorter length moves only so much and unmaps the rest, a longer one is followed by zeros")
{
	char *from = five_pages(FROM), *to = five_pages(TO);

	assert_address(mremap(from, bytes(4), bytes(1) + 1, ORDER, page(to, 1)), page(to, 1),
		       "the new address of two pages");
	assert_pages(page(to, 1), 2, FROM, 0, "the pages that were moved");
	assert_pages(to, 1, TO, 0, "the page below them");
	assert_pages(page(to, 3), 2, TO, 3, "the pages above them");
	assert_gone(from, 4);
	assert_pages(page(from, 4), 1, FROM, 4, "the page that was not named");

	from = five_pages(FROM);
	assert_address(mremap(from, bytes(2), bytes(4), ORDER, to), to, "the address of four");
	assert_pages(to, 2, FROM, 0, "the pages that were moved");
	assert_all_bytes(page(to, 2), bytes(2), 0, "the pages behind them");
	assert_pages(page(to, 4), 1, TO, 4, "the page above them");
	assert_pages(page(from, 2), 3, FROM, 2, "the pages that were not named");
}

CONTROL(without_an_order_nothing_is_replaced, "mremap-04",
	"Without MREMAP_FIXED the address counts for nothing, and the pages stay where they are")
{
	char *from = five_pages(FROM), *to = five_pages(TO);

	assert_address(mremap(from, bytes(3), bytes(3), MREMAP_MAYMOVE, page(to, 1)), from,
		       "the address");
	assert_pages(from, PAGES, FROM, 0, "the pages that might have been moved");
	assert_pages(to, PAGES, TO, 0, "the pages that might have been replaced");
}
