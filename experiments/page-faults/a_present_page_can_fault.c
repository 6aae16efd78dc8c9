/* SPDX-License-Identifier: MIT */
/*
 * A page that is present can fault as well
 * ========================================
 *
 * Document 001 calls a page fault a trap that occurs when a program accesses "a memory address that
 * is not currently mapped to physical memory". That is half of it. Document 004 (6.5) is more
 * exact: the processor traps whenever what stands in the page table does not satisfy the access. A
 * page that is there can fault, when its entry lacks the right. What becomes of that does not
 * depend on presence either. The kernel asks the area:
 *
 *                                   the area forbids it      the area allows it
 *      page absent                  SEGV_ACCERR              a page is brought
 *      page present, right missing  SEGV_ACCERR              copied, or made writable
 *      page present, right given         -                   no fault at all
 *
 * Look with: /proc/PID/pagemap beforehand; then the signal, or ru_minflt of getrusage(2).
 * Read on:   sigaction(2) "si_code", fork(2); documents 001 "Page Fault", 004 section 6.5.
 */
#include <signal.h>

#include <touchstone/experiment.h>

EXPERIMENT("A page that is present can fault as well");

enum { PAGES = 8, SEED = 3 };

static char *present_pages(void)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	write_pattern(area, PAGES * page_size(), SEED);
	return area;
}

CLAIM(a_present_page_can_be_refused, "fault-02",
      "A store to a page that is present but read-only gives SEGV_ACCERR and changes no byte",
      .needs = PAGE_STATES)
{
	char *area = present_pages();

	arrange(mprotect(area, PAGES * page_size(), PROT_READ) == 0);
	load_each(area, PAGES);
	assert_strip(observe_pages("before", area, PAGES), "p");
	for (size_t i = 0; i < PAGES; i++) {
		char *middle = page(area, i) + page_size() / 2;

		assert_trap(try_store(middle, 'x'), SIGSEGV, SEGV_ACCERR, middle);
	}
	assert_strip(observe_pages("after", area, PAGES), "p");
	assert_pattern(area, PAGES * page_size(), SEED, "the pages");
}

CLAIM(a_present_page_can_be_repaired, "fault-02",
      "A store to a page that is present but shared with a child is one minor fault, and succeeds",
      .needs = PAGE_STATES | FAULT_COUNTS)
{
	char *area = present_pages();

	IN_CHILD {
		struct trap trap;
		char rehearsal;

		/* The words' own pages are shared with the parent as well, until they are written to. */
		(void)faults_of(trap = try_store(&rehearsal, 'c'));
		for (size_t i = 0; i < PAGES; i++) {
			assert_strip(observe_pages("page", page(area, i), 1), "p");
			assert_equals(faults_of(trap = try_store(page(area, i), 'c')).minor, 1,
				      "minor faults of the store");
			assert_no_trap(trap);
			assert_byte(page(area, i), 'c', "the byte that was stored");
		}
	}
	assert_pattern(area, PAGES * page_size(), SEED, "the parent's pages");
}

CONTROL(with_the_right_it_does_not_fault, "fault-02",
	"A store to a page that is present and writable raises neither a signal nor a fault",
	.needs = PAGE_STATES | FAULT_COUNTS)
{
	char *area = present_pages();
	struct trap trap;

	assert_strip(observe_pages("before", area, PAGES), "p");
	for (size_t i = 0; i < PAGES; i++) {
		assert_equals(faults_of(trap = try_store(page(area, i), 'x')).minor, 0,
			      "minor faults of the store");
		assert_no_trap(trap);
	}
}
