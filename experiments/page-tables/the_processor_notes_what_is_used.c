/* SPDX-License-Identifier: MIT */
/*
 * The processor notes what is used
 * ================================
 *
 * Which pages are in use? The kernel has to know when memory is short, and it is not there when a
 * present page is touched: that is the point of the present bit. So the hardware helps. When it
 * walks the tables for an access it sets the accessed bit of the entry (document 004, sections 8.1
 * and 11.2), all by itself and at no cost. The kernel clears the bits and looks again later.
 *
 *      clear_refs                - - - - - - - -
 *      loads from 0, 2, 3, 7     x - x x - - - x       not a single fault
 *
 * The processor walks the tables only where it has not kept the translation from an earlier walk (in
 * its TLB), and clear_refs does not tell it to forget: a page in use may so look idle. Here
 * mprotect(2) makes it forget, by taking the rights away and giving them back.
 *
 * Processors without such a bit get it by a fault that the kernel arranges (older arm64, s390x), so
 * that only x86 is held to the claim that it costs none.
 *
 * Look with: /proc/PID/clear_refs, and Referenced in /proc/PID/smaps.
 * Read on:   proc_pid_clear_refs(5); document 004 sections 8.1, 8.5, 10 and 11.2.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>
#include <touchstone/translations.h>

EXPERIMENT("The processor notes what is used");

enum { PAGES = 8, ATTEMPTS = 10, NEEDED = REFERENCED_BITS | AREA_USAGE };

/* The processor remembers no translation, and all bits are clear: in this order, for on POWER mprotect sets them. */
static void forget_uses_of(char *area)
{
	drop_translations(area, PAGES);
	forget_uses();
}

static size_t pages_used(const char *area)
{
	return observe_usage("area", area, PAGES * page_size()).referenced / page_size();
}

/*
 * How many pages count as used when a byte of each of these was loaded. The kernel looks for idle
 * pages for its own purposes, too, and may clear a bit before it is seen: then again.
 */
static size_t used_by_loads(char *area, const size_t *pages, size_t count)
{
	size_t used = 0;

	for (int attempt = 0; attempt < ATTEMPTS && (attempt == 0 || used != count); attempt++) {
		forget_uses_of(area);
		for (size_t i = 0; i < count; i++) {
			load(page(area, pages[i]) + i * page_size() / PAGES);
		}
		used = pages_used(area);
	}
	return used;
}

CLAIM(a_load_is_noted, "ptable-09",
      "After loads from some pages just as many count as used, and none where nothing was loaded",
      .needs = NEEDED)
{
	const size_t each[PAGES] = {0, 2, 3, 7, 1, 4, 5, 6};
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1),
	     *other = filled_pages(PAGES, MAP_PRIVATE, 2);

	for (size_t count = 0; count <= PAGES; count += PAGES / 4) {
		assert_equals(used_by_loads(area, each, count), count, "pages used");
	}
	assert_equals(used_by_loads(area, each, 1), 1, "pages used when all were forgotten again");
	assert_equals(pages_used(other), 0, "pages used of an area beside it");
}

CLAIM(noting_costs_no_fault, "ptable-09",
      "The loads that set accessed bits cost no fault: the processor does it alone",
      .needs = NEEDED | FAULT_COUNTS)
{
#if !defined __x86_64__ && !defined __i386__
	undecided(
		"needs x86: whether other processors set the bit themselves depends on the model");
#endif
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);
	long faults = 0;

	/* The kernel may be moving the pages, which costs one: then again. */
	for (int attempt = 0; attempt < ATTEMPTS && (attempt == 0 || faults != 0); attempt++) {
		forget_uses_of(area);
		faults = faults_of(load_each(area, PAGES)).minor;
	}
	assert_equals(faults, 0, "minor faults");
	assert_pattern(area, PAGES * page_size(), 1, "what the pages hold");
}

CONTROL(a_page_that_comes_by_a_fault_counts_as_used, "ptable-09",
	"Pages that were written count as used until the bits are cleared; fresh ones cost faults",
	.needs = NEEDED | FAULT_COUNTS)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	assert_equals(pages_used(area), 0, "pages used before any touch");
	assert_equals(faults_of(store_each(area, PAGES, 'x')).minor, PAGES,
		      "minor faults of stores");
	assert_equals(pages_used(area), PAGES, "pages used after the stores");
	forget_uses_of(area);
	assert_equals(pages_used(area), 0, "pages used once they are forgotten");
}
