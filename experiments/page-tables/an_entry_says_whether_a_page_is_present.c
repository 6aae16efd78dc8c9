/* SPDX-License-Identifier: MIT */
/*
 * An entry says whether a page is present
 * =======================================
 *
 * The first thing that the hardware looks at in a page table entry is one bit: is there a frame
 * behind this page? Document 004 calls it the present or valid bit (sections 5.3 and 8.1). If it is
 * set the access goes on without the kernel; if not, nothing else in the entry has a meaning to
 * the hardware, and a fault calls the kernel in. So the faults of a walk over memory are exactly the
 * pages whose bit was clear:
 *
 *      mapped                  .  .  .  .  .  .  .  .
 *      pages 1, 4, 5 written   .  p  .  .  p  p  .  .
 *      all written             p  p  p  p  p  p  p  p      five faults
 *      pages 3 to 5 given back p  p  p  .  .  .  p  p
 *      all written             p  p  p  p  p  p  p  p      three faults
 *
 * Present is not the same as usable: a page that is forbidden by mprotect keeps its frame. Its entry
 * only changes its rights.
 *
 * Look with: /proc/PID/pagemap, bit 63, which anybody may read; getrusage(2).
 * Read on:   the kernel's pagemap.rst; madvise(2); document 004 sections 5.3 and 8.1.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("An entry says whether a page is present");

enum { PAGES = 8, GIVEN_BACK = 3 };

CLAIM(the_bit_is_set_by_a_touch, "ptable-08",
      "No page is present before its touch; a write sets the bit of that page, and of no other",
      .needs = PAGE_STATES)
{
	const size_t touched[] = {1, 5, 4};
	const char *const strips[] = {".p......", ".p...p..", ".p..pp.."};
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	assert_strip(observe_pages("mapped", area, PAGES), "........");
	for (size_t i = 0; i < 3; i++) {
		store(page(area, touched[i]) + page_size() - 1, 'x');
		assert_strip(observe_pages("after a write", area, PAGES), strips[i]);
	}
}

CLAIM(giving_back_clears_the_bit, "ptable-08",
      "MADV_DONTNEED clears the bits of the pages it names, and a touch sets them anew",
      .needs = PAGE_STATES)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

	for (int round = 0; round < 2; round++) {
		arrange(madvise(page(area, GIVEN_BACK), 3 * page_size(), MADV_DONTNEED) == 0);
		assert_strip(observe_pages("given back", area, PAGES), "ppp...pp");
		store_each(page(area, GIVEN_BACK), 3, 'x');
		assert_strip(observe_pages("written again", area, PAGES), "pppppppp");
	}
}

CLAIM(faults_are_the_pages_that_were_absent, "ptable-08",
      "A walk over all the pages faults once for each whose bit is clear, and never for the others",
      .needs = PAGE_STATES | FAULT_COUNTS)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);
	struct pages seen;

	store(page(area, 1), 'x');
	store_each(page(area, 4), 2, 'x');
	for (int round = 0; round < 3; round++) {
		seen = observe_pages("before the walk", area, PAGES);
		assert_equals(faults_of(store_each(area, PAGES, 'y')).minor,
			      PAGES - count_present(seen), "minor faults of the walk");
		arrange(madvise(page(area, GIVEN_BACK), ((size_t)round + 1) * page_size(),
				MADV_DONTNEED) == 0);
	}
	assert_equals(count_present(observe_pages("at the end", area, PAGES)), PAGES - 3,
		      "pages present at the end");
}

CLAIM(a_forbidden_page_stays_present, "ptable-08",
      "A page that mprotect forbids traps at every access, and its frame is as present as before",
      .needs = PAGE_STATES | FAULT_COUNTS)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1), *forbidden = page(area, GIVEN_BACK);

	arrange(mprotect(forbidden, page_size(), PROT_NONE) == 0);
	assert_trap(try_load(forbidden), SIGSEGV, SEGV_ACCERR, forbidden);
	assert_strip(observe_pages("forbidden", area, PAGES), "pppppppp");
	arrange(mprotect(forbidden, page_size(), PROT_READ | PROT_WRITE) == 0);
	assert_equals(faults_of(load_each(area, PAGES)).minor, 0,
		      "minor faults once it is allowed");
	assert_pattern(area, PAGES * page_size(), 1, "what the pages hold");
}

CONTROL(a_locked_page_stays_present, "ptable-08",
	"Pages that are locked are not given back, and none of them loses its bit",
	.needs = PAGE_STATES | LOCKABLE_MEMORY | FAULT_COUNTS)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

	arrange(mlock(area, PAGES * page_size()) == 0);
	assert_refused(madvise(page(area, GIVEN_BACK), 3 * page_size(), MADV_DONTNEED), EINVAL);
	assert_strip(observe_pages("locked", area, PAGES), "pppppppp");
	assert_equals(faults_of(load_each(area, PAGES)).minor, 0, "minor faults of a walk");
}
