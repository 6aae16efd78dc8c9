/* SPDX-License-Identifier: MIT */
/*
 * The working set is what a window of time sees
 * =============================================
 *
 * A process's working set is "the subset of pages it is actively using over a period of time"
 * (document 004, section 21.1): not what it has, and not what is in memory. It can be measured.
 * At the beginning of the period all accessed bits are cleared; at its end the pages whose bit is
 * set are the set.
 *
 *      has          0 1 2 3 4 5 6 7 8 9          all of it in memory
 *      window 1     x . . x . . x . . x          loads from every third
 *      window 2     . . . . . . . . . .          idle
 *      window 3     x x x x . . . . . .          stores to the first four
 *
 * The document's definition hides a trap: the processor notes a use when it looks the page up, and
 * not while it keeps the translation (its TLB), which clearing the bits does not make it forget. So
 * the busiest pages are those that look idle. mprotect(2), to nothing and back, makes it forget.
 *
 * smaps tells of areas, not of pages. Advice that is given for every second page (here to leave
 * it out of core dumps) makes each page an area of its own.
 *
 * Look with: /proc/PID/clear_refs, and Referenced in /proc/PID/smaps.
 * Read on:   proc_pid_clear_refs(5), madvise(2) MADV_DONTDUMP; document 004 section 21.1.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>
#include <touchstone/translations.h>

EXPERIMENT("The working set is what a window of time sees");

enum { PAGES = 24, ATTEMPTS = 3, NEEDED = REFERENCED_BITS | AREA_USAGE };

static char *pages_apart(void)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

	for (size_t i = 0; i < PAGES; i += 2) {
		arrange(madvise(page(area, i), page_size(), MADV_DONTDUMP) == 0);
	}
	return area;
}

static void begin_window(char *area)
{
	drop_translations(area, PAGES); /* first, for on POWER mprotect counts as a use */
	forget_uses();
}

/* The uses of one window: bit i for page i. */
typedef unsigned window_set;
_Static_assert(PAGES <= 8 * sizeof(window_set), "a bit for each page");

static void use(char *area, window_set set, bool by_stores)
{
	for (size_t i = 0; i < PAGES; i++) {
		if (set >> i & 1 && by_stores) {
			store(page(area, i) + i, 'u');
		} else if (set >> i & 1) {
			load(page(area, i) + i);
		}
	}
}

static window_set end_window(char *area)
{
	window_set seen = 0;

	for (size_t i = 0; i < PAGES; i++) {
		if (observe_usage("page", page(area, i), page_size()).referenced > 0) {
			seen |= (window_set)1 << i;
		}
	}
	return seen;
}

/*
 * The kernel looks for idle pages for its own purposes, too, and may clear a bit meanwhile: then
 * again.
 */
static void assert_seen(char *area, window_set set, bool by_stores, const char *what)
{
	window_set seen = ~set;

	for (int attempt = 0; attempt < ATTEMPTS && seen != set; attempt++) {
		begin_window(area);
		use(area, set, by_stores);
		seen = end_window(area);
	}
	evidence("pages seen", "%06x of %06x", seen, set);
	assert_equals(seen, set, what);
}

static const window_set every_third = 0x249249, first_four = 0xf, last = 1u << (PAGES - 1);

CLAIM(a_window_sees_what_was_loaded, "pressure-13",
      "The pages from which a byte was loaded within the window count as used, and exactly those",
      .needs = NEEDED)
{
	char *area = pages_apart();

	assert_seen(area, every_third, false, "pages used, a bit each: every third");
	assert_seen(area, first_four, false, "pages used, a bit each: the first four");
	assert_seen(area, last, false, "pages used, a bit each: the last");
	assert_seen(area, every_third << 1 & 0xffffff, false, "pages used, a bit each: the second");
}

CLAIM(a_window_sees_what_was_stored, "pressure-13",
      "The same pages are seen where a byte was stored, and no other byte has changed",
      .needs = NEEDED)
{
	char *area = pages_apart();

	assert_seen(area, every_third, true, "pages used, a bit each: every third");
	assert_seen(area, last | 1, true, "pages used, a bit each: the outermost");
	for (size_t i = 0; i < PAGES; i++) {
		if ((every_third | last | 1) >> i & 1) {
			unsigned char was;

			pattern_bytes(&was, 1, 1, i * page_size() + i);
			assert_byte(page(area, i) + i, 'u', "the byte stored");
			store(page(area, i) + i, was);
		}
	}
	assert_pattern(area, PAGES * page_size(), 1, "all other bytes");
}

CONTROL(an_idle_window_sees_nothing, "pressure-13",
	"Where nothing is used no page is seen, though all are in memory, and next time all are",
	.needs = NEEDED)
{
	char *area = pages_apart();
	const window_set all = ((window_set)1 << (PAGES - 1)) * 2 - 1;

	assert_seen(area, 0, false, "pages used, a bit each, when idle");
	assert_equals(count_in_memory(area, PAGES), PAGES, "pages in memory");
	assert_seen(area, all, false, "pages used, a bit each, when all were");
	assert_seen(area, 0, false, "pages used, a bit each, when idle again");
}
