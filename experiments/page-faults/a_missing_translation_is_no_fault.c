/* SPDX-License-Identifier: MIT */
/*
 * A missing translation is no fault
 * =================================
 *
 * A processor remembers some thousand translations of pages to frames, in its TLB. When it lacks
 * one, that is a TLB miss, which document 004 (9.2, 10) keeps well apart from a page fault: the
 * page table still has the answer, and looking it up is done without the program's knowledge,
 * mostly by the processor itself. Even where the kernel has to do it, it counts as no fault.
 *
 *      touch      TLB       page table      page fault
 *      page 1     has it    -               no
 *      page 2     lacks it  has it          no             here: 16384 pages, more than TLBs hold
 *      page 3     lacks it  lacks it        yes
 *
 * To need no memory, the pages are only read: behind each of them is the kernel's page of zeros,
 * and yet each has a translation of its own.
 *
 * Look with: ru_minflt of getrusage(2).
 * Read on:   getrusage(2); document 004 sections 5.3, 9.2 and 10.
 */
#include <limits.h>

#include <touchstone/experiment.h>

EXPERIMENT("A missing translation is no fault");

enum { PAGES = 16 * 1024, FEWER = 1024, PASSES = 3 };

/* The least that a pass has cost: others may take a page away meanwhile. */
static long fewest_faults(char *area, size_t count, bool stores)
{
	long fewest = LONG_MAX;

	for (int pass = 0; pass < PASSES && fewest != 0; pass++) {
		struct faults spent = faults_of(
			if (stores) { store_each(area, count, 's'); } else {
				load_each(area, count);
			});

		keep_least(&fewest, of_both_kinds(spent));
	}
	return fewest;
}

CLAIM(passing_over_more_pages_than_a_tlb_holds_is_no_fault, "fault-26",
      "A pass over many thousand pages that are there faults not once, however often it is "
      "repeated",
      .needs = FAULT_COUNTS)
{
	char *area = fresh_pages(
		PAGES, MAP_PRIVATE | MAP_NORESERVE); /* with large pages, more than there is */

	load_each(area, PAGES);
	for (int round = 0; round < PASSES; round++) {
		assert_equals(fewest_faults(area, PAGES, false), 0, "faults of a pass");
	}
}

CLAIM(nor_is_a_pass_of_stores, "fault-26",
      "A pass of stores over a thousand pages that were written before faults not once either",
      .needs = FAULT_COUNTS)
{
	char *area = fresh_pages(FEWER, MAP_PRIVATE);

	store_each(area, FEWER, 1);
	for (int round = 0; round < PASSES; round++) {
		assert_equals(fewest_faults(area, FEWER, true), 0, "faults of a pass");
	}
}

CONTROL(without_an_entry_each_page_is_a_fault, "fault-26",
	"When the page table has lost them too, a pass costs a fault for each page",
	.needs = FAULT_COUNTS)
{
	char *area = fresh_pages(FEWER, MAP_PRIVATE);

	for (int round = 0; round < 2; round++) {
		assert_equals(faults_of(load_each(area, FEWER)).minor, FEWER, "minor faults");
		arrange(madvise(area, FEWER * page_size(), MADV_DONTNEED) == 0);
	}
}
