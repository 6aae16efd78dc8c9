/* SPDX-License-Identifier: MIT */
/*
 * Collapsing makes one huge page of many small ones
 * =================================================
 *
 * Document 004 (section 18.5) has huge pages chosen by the system, when memory is mapped or touched.
 * They can be made later as well. MADV_COLLAPSE takes a stretch of small pages, wherever their
 * frames are, copies them into one huge frame and maps that; the holes between them become zeros.
 * The program notices nothing but the speed: its pointers and every byte are as before. And it is
 * an order: it is carried out, or refused with an error, before the call returns, and no setting
 * of the machine has to favour it. Where the program itself has forbidden huge pages it is refused.
 *
 *      before      [4] [9]  .  [2] ... [7]       small frames anywhere, and pages never touched
 *      collapsed   [ a  b   0   c  ...  z ]      one huge frame
 *
 * Look with: /proc/PID/smaps, AnonHugePages; getrusage(2).
 * Read on:   madvise(2) MADV_COLLAPSE (Linux 6.1); the kernel's transhuge.rst.
 */
#include <errno.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>
#include <touchstone/huge_pages.h>

EXPERIMENT("Collapsing makes one huge page of many small ones");

enum { EVERY = 3, STRETCHES = 2 };

/*
 * Two stretches that a huge page fits, in which every third page holds a pattern of its own and the
 * others were never touched. They are still small, for the harness has forbidden huge pages here.
 */
static char *sparse_stretches(size_t huge)
{
	size_t length = (STRETCHES + 1) * huge;
	char *area = first_huge_page(fresh_pages(length / page_size(), MAP_PRIVATE), huge);

	for (size_t i = 0; i < STRETCHES * huge / page_size(); i += EVERY) {
		write_pattern(page(area, i), page_size(), (unsigned)(i % 999 + 1));
	}
	return area;
}

/* So it is still, from one byte up to another. */
static void assert_sparse(const char *area, size_t from, size_t to)
{
	for (size_t i = from / page_size(); i < to / page_size(); i++) {
		if (i % EVERY == 0) {
			assert_pattern(page(area, i), page_size(), (unsigned)(i % 999 + 1),
				       "a page that was filled");
		} else {
			assert_all_bytes(page(area, i), page_size(), 0, "a page that was not");
		}
	}
}

CLAIM(a_stretch_becomes_one_page, "madvise-44",
      "After MADV_COLLAPSE a stretch of small pages is one huge page, and that beside it is not",
      .needs = HUGE_PAGES | AREA_USAGE | PAGE_STATES)
{
	size_t huge = huge_page_size();
	char *area = sparse_stretches(huge);

	assert_equals(observe_usage("before", area, STRETCHES * huge).huge, 0,
		      "bytes in huge pages before");
	collapse(area, huge);
	assert_equals(observe_usage("collapsed", area, STRETCHES * huge).huge, huge,
		      "bytes in huge pages after it");
	assert_strip(observe_pages("collapsed", area, huge / page_size()), "p");
}

CLAIM(every_byte_is_as_before, "madvise-45",
      "Collapsing moves every page and changes no byte, neither of pages nor of holes among them",
      .needs = HUGE_PAGES)
{
	size_t huge = huge_page_size();
	char *area = sparse_stretches(huge);

	collapse(area, STRETCHES * huge);
	assert_sparse(area, 0, STRETCHES * huge);
	store(area + huge - 1, 'x');
	collapse(area, STRETCHES * huge); /* what is one already may be asked for again */
	assert_byte(area + huge - 1, 'x', "what was stored into it");
	assert_sparse(area, 0, huge - page_size());
	assert_sparse(area, huge, STRETCHES * huge);
}

CLAIM(who_forbids_it_is_obeyed, "madvise-46",
      "Where the program has forbidden huge pages MADV_COLLAPSE says EINVAL, and changes nothing",
      .needs = HUGE_PAGES)
{
	size_t huge = huge_page_size();
	char *area = sparse_stretches(huge);

	collapse(area + huge, huge);
	assert_accepted(madvise(area, huge, MADV_NOHUGEPAGE));
	assert_refused(madvise(area, huge, MADV_COLLAPSE), EINVAL);
	assert_sparse(area, 0, huge);
}

CONTROL(what_nobody_collapses_stays_small, "madvise-44 madvise-45 madvise-46",
	"The same stretches, left alone, have no huge page, and their holes are absent",
	.needs = HUGE_PAGES | AREA_USAGE | PAGE_STATES)
{
	size_t huge = huge_page_size();
	char *area = sparse_stretches(huge);

	assert_strip(observe_pages("left alone", area, 6), "p..p..");
	assert_equals(observe_usage("left alone", area, STRETCHES * huge).huge, 0,
		      "bytes in huge pages");
}
