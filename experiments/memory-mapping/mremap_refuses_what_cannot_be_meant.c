/* SPDX-License-Identifier: MIT */
/*
 * mremap refuses what cannot be meant
 * ===================================
 *
 * Pages cannot be moved onto themselves, not even in part; a page has one address, which is a multiple
 * of its size; a length of nothing is not a length. An order to move without leave to move
 * contradicts itself. To all this mremap(2) answers EINVAL, and has changed nothing, neither at the
 * old place nor at the new one.
 *
 *      from            [ 1 | 2 ]
 *      to      [ 0 | 1 ]                  EINVAL
 *      to              [ 1 | 2 ]          EINVAL
 *      to                  [ 2 | 3 ]      EINVAL
 *      to                      [ 3 | 4 ]  granted: they only touch
 *
 * Look with: errno, and every byte of both places.
 * Read on:   mremap(2) EINVAL.
 */
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("mremap refuses what cannot be meant");

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

/* A call with these arguments is refused with EINVAL. */
static void assert_nonsense(char *from, size_t old, size_t new, int flags, char *to)
{
	assert_refused(syscall(SYS_mremap, from, old, new, flags, to), EINVAL);
}

CLAIM(overlapping_places_are_refused, "mremap-05",
      "A destination that overlaps the old place is refused with EINVAL, if only by a page")
{
	char *area = five_pages(FROM);

	for (size_t to = 0; to < 3; to++) {
		assert_nonsense(page(area, 1), bytes(2), bytes(2), ORDER, page(area, to));
	}
	assert_nonsense(area, bytes(2), bytes(1), ORDER, page(area, 1));
	assert_nonsense(page(area, 2), bytes(1), bytes(3), ORDER, area);
	assert_pages(area, PAGES, FROM, 0, "the area");
}

CLAIM(crooked_addresses_are_refused, "mremap-05",
      "An address inside a page, old or new, is refused with EINVAL, and so is no length at all")
{
	char *from = five_pages(FROM), *to = five_pages(TO);
	char *top = (char *)(UINTPTR_MAX - page_size() + 1);

	assert_nonsense(from + 1, bytes(1), bytes(1), ORDER, to);
	assert_nonsense(from + 1, bytes(1), bytes(2), MREMAP_MAYMOVE, NULL);
	assert_nonsense(from, bytes(1), bytes(1), ORDER, to + 1);
	assert_nonsense(from, bytes(1), bytes(1), ORDER, to + page_size() - 1);
	assert_nonsense(from, bytes(1), 0, ORDER, to);
	assert_nonsense(from, bytes(1), 0, 0, NULL);
	assert_nonsense(from, bytes(1), bytes(1), ORDER, top);
	assert_pages(from, PAGES, FROM, 0, "the old place");
	assert_pages(to, PAGES, TO, 0, "the new place");
}

CLAIM(an_order_needs_leave_to_move, "mremap-05",
      "MREMAP_FIXED without MREMAP_MAYMOVE, and a flag that is none, are refused with EINVAL")
{
	char *from = five_pages(FROM), *to = five_pages(TO);

	assert_nonsense(from, bytes(2), bytes(2), MREMAP_FIXED, to);
	assert_nonsense(from, bytes(2), bytes(1), MREMAP_FIXED, to);
	assert_nonsense(from, bytes(1), bytes(1), 1 << 10, to);
	assert_nonsense(from, bytes(1), bytes(1), ORDER | 1 << 10, to);
	assert_pages(from, PAGES, FROM, 0, "the old place");
	assert_pages(to, PAGES, TO, 0, "the new place");
}

CONTROL(neighbouring_places_are_accepted, "mremap-05",
	"A destination that ends where the old place begins, or begins where it ends, is accepted")
{
	char *area = five_pages(FROM);

	assert_address(mremap(page(area, 2), bytes(2), bytes(2), ORDER, area), area, "below");
	assert_pages(area, 2, FROM, 2, "the pages, moved down");
	assert_address(mremap(area, bytes(2), bytes(2), ORDER, page(area, 2)), page(area, 2),
		       "above");
	assert_pages(page(area, 2), 2, FROM, 2, "the pages, moved up again");
	assert_pages(page(area, 4), 1, FROM, 4, "the page above them");
	assert_trap(try_load(area), SIGSEGV, SEGV_MAPERR, area);
}
