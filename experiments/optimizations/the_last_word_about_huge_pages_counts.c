/* SPDX-License-Identifier: MIT */
/*
 * The last word about huge pages counts
 * =====================================
 *
 * Document 004 (section 18.5) has the system choose the size of pages. The program has a word in it:
 * MADV_HUGEPAGE asks for huge pages in a range, MADV_NOHUGEPAGE forbids them there. The two words
 * exclude each other, the later one counts, and it is noted in the area, as hg or nh, for just the
 * pages it was said of. What the memory holds is the same in either case, also where the word
 * comes late and a huge page is there already: forbidding does not split it.
 *
 *      hg    ask: a fault may bring a huge page
 *      nh    forbid: it brings one page, whatever the machine is set to
 *
 * Look with: /proc/PID/smaps, VmFlags and AnonHugePages.
 * Read on:   madvise(2) MADV_HUGEPAGE, MADV_NOHUGEPAGE; the kernel's transhuge.rst.
 */
#include <errno.h>
#include <sys/mman.h>
#include <sys/prctl.h>

#include <touchstone/experiment.h>

EXPERIMENT("The last word about huge pages counts");

enum { PAGES = 6, FIRST = 2, LAST = 3, MIB = 1024 * 1024, LENGTH = 8 * MIB };

static int say(char *area, int advice)
{
	return madvise(page(area, FIRST), (LAST - FIRST + 1) * page_size(), advice);
}

/* The letters stand at the pages from FIRST to LAST, as said, and never at the others. */
static void assert_noted(char *area, const char *letters, bool noted)
{
	for (size_t i = 0; i < PAGES; i++) {
		struct usage usage = observe_usage("a page", page(area, i), page_size());

		evidence("page", "%zu, flag %s", i, letters);
		assert_equals(usage_has_flag(&usage, letters), noted && i >= FIRST && i <= LAST,
			      "the page has the flag");
	}
}

CLAIM(the_later_word_replaces_the_earlier, "madvise-42",
      "hg and nh exclude each other: the pages have the one said last, and the others neither",
      .needs = AREA_LIST | AREA_USAGE)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

	if (say(area, MADV_NOHUGEPAGE) != 0) {
		undecided("needs a kernel with transparent huge pages");
	}
	for (int round = 0; round < 2; round++) {
		assert_accepted(say(area, MADV_HUGEPAGE));
		assert_noted(area, "hg", true);
		assert_noted(area, "nh", false);
		assert_accepted(say(area, MADV_NOHUGEPAGE));
		assert_noted(area, "nh", true);
		assert_noted(area, "hg", false);
		assert_equals(count_areas(area, PAGES * page_size()), 3, "areas");
	}
	assert_pattern(area, PAGES * page_size(), 1, "what the pages hold");
}

CLAIM(other_advice_leaves_the_word, "madvise-42",
      "MADV_NORMAL and the other advice about use take back neither hg nor nh", .needs = AREA_USAGE)
{
	const int words[] = {MADV_HUGEPAGE, MADV_NOHUGEPAGE};
	const int others[] = {MADV_NORMAL, MADV_RANDOM, MADV_SEQUENTIAL, MADV_WILLNEED,
			      MADV_DONTNEED};

	for (size_t i = 0; i < 2; i++) {
		char *area = filled_pages(PAGES, MAP_SHARED, 1);

		if (say(area, words[i]) != 0) {
			undecided("needs a kernel with transparent huge pages");
		}
		for (size_t j = 0; j < sizeof others / sizeof *others; j++) {
			assert_accepted(say(area, others[j]));
			assert_noted(area, i == 0 ? "hg" : "nh", true);
		}
	}
}

CLAIM(forbidding_is_obeyed, "madvise-43",
      "In a range with MADV_NOHUGEPAGE no fault brings a huge page, whatever was said before",
      .needs = HUGE_PAGES | AREA_USAGE)
{
	char *area;

	arrange(prctl(PR_SET_THP_DISABLE, 0, 0, 0, 0) == 0);
	area = fresh_pages(LENGTH / page_size(), MAP_PRIVATE);
	assert_accepted(madvise(area, LENGTH, MADV_HUGEPAGE));
	assert_accepted(madvise(area, LENGTH, MADV_NOHUGEPAGE));
	memset(area, 'x', LENGTH);
	assert_equals(observe_usage("forbidden", area, LENGTH).huge, 0, "bytes in huge pages");
}

CLAIM(a_late_word_changes_no_byte, "madvise-43",
      "Forbidding huge pages that are there already changes none of their bytes",
      .needs = HUGE_PAGES)
{
	char *area;

	arrange(prctl(PR_SET_THP_DISABLE, 0, 0, 0, 0) == 0);
	area = fresh_pages(LENGTH / page_size(), MAP_PRIVATE);
	assert_accepted(madvise(area, LENGTH, MADV_HUGEPAGE));
	write_pattern(area, LENGTH, 1);
	assert_accepted(madvise(area + LENGTH / 4, LENGTH / 2, MADV_NOHUGEPAGE));
	assert_pattern(area, LENGTH, 1, "the memory after the word");
	assert_accepted(madvise(area + LENGTH / 4, page_size(), MADV_DONTNEED));
	assert_pattern(area, LENGTH / 4, 1, "what lies before a page given back");
	assert_all_bytes(area + LENGTH / 4, page_size(), 0, "a page given back of it");
}

CONTROL(asking_can_be_granted, "madvise-42 madvise-43",
	"The same range, with MADV_HUGEPAGE said last, is given huge pages",
	.needs = HUGE_PAGES | AREA_USAGE)
{
	arrange(prctl(PR_SET_THP_DISABLE, 0, 0, 0, 0) == 0);
	for (int i = 0; i < 8; i++) {
		char *area = fresh_pages(LENGTH / page_size(), MAP_PRIVATE);

		assert_accepted(madvise(area, LENGTH, MADV_NOHUGEPAGE));
		assert_accepted(madvise(area, LENGTH, MADV_HUGEPAGE));
		memset(area, 'x', LENGTH);
		if (observe_usage("asked for", area, LENGTH).huge > 0) {
			return;
		}
	}
	undecided("needs free memory in whole huge pages: none was given");
}
