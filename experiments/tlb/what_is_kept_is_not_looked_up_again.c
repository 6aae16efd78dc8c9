/* SPDX-License-Identifier: MIT */
/*
 * What is kept is not looked up again
 * ===================================
 *
 * Between an address and its frame lie several tables, and no program would get far if each access
 * went through them. So the processor keeps the translations it has found, in the TLB: a hit asks no
 * table, a miss does, and what it finds is kept (document 004, sections 9.1, 9.2 and 10).
 *
 * The tables tell which it was. A look at an entry leaves a mark there, the accessed bit. clear_refs wipes
 * all these marks and does not tell the processor:
 *
 *                              kept?     marks
 *      first loads             no        x x x x x x x x     looked up, and kept
 *      clear_refs              yes       - - - - - - - -
 *      second loads            yes       - - - - - - - -     the pages were read, and no table was
 *      rights away and back    no        - - - - - - - -
 *      third loads             no        x x x x x x x x     looked up
 *
 * Anything that runs in between may make the processor forget, above all a hypervisor. So the best of
 * many rounds counts, and where that is not good enough nothing is decided.
 *
 * Look with: /proc/PID/clear_refs, and Referenced in /proc/PID/smaps.
 * Read on:   proc_pid_clear_refs(5); document 004 sections 9.1, 9.2 and 10.
 */
#include <touchstone/experiment.h>
#include <touchstone/translations.h>

EXPERIMENT("What is kept is not looked up again");

enum { PAGES = 32, NEEDED = REFERENCED_BITS | AREA_USAGE };

CLAIM(a_hit_asks_no_table, "tlb-01",
      "Loads from pages in use leave no mark in the tables when the marks are wiped behind the "
      "processor's back",
      .needs = NEEDED)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);
	size_t fewest = PAGES;

	watch_one_processor();
	assert_uses_forgotten(area, PAGES);
	for (int round = 0; round < TRANSLATION_ROUNDS && !were_kept(fewest, PAGES); round++) {
		load_each(area, PAGES);
		forget_uses();
		load_each(area, PAGES);

		size_t noted = uses_noted(area, PAGES);

		fewest = noted < fewest ? noted : fewest;
	}
	assert_pattern(area, PAGES * page_size(), 1, "what was read, with or without a look-up");
	undecided_unless_kept(fewest, PAGES);
}

CLAIM(a_miss_asks_once, "tlb-02",
      "The first load after the translations were dropped looks each page up, a second does not",
      .needs = NEEDED)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 2);
	size_t fewest = PAGES;

	watch_one_processor();
	assert_looked_up_when_dropped(area, PAGES, NULL);
	for (int round = 0; round < TRANSLATION_ROUNDS && !were_kept(fewest, PAGES); round++) {
		drop_translations(area, PAGES);
		load_each(area, PAGES);
		forget_uses();
		load_each(area, PAGES);

		size_t noted = uses_noted(area, PAGES);

		fewest = noted < fewest ? noted : fewest;
	}
	assert_looked_up_when_dropped(area, PAGES, NULL);
	undecided_unless_kept(fewest, PAGES);
}

CONTROL(what_was_dropped_is_looked_up_each_time, "tlb-01 tlb-02",
	"Where the translations are dropped before, loads leave a mark in every page's entry",
	.needs = NEEDED)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 3);

	watch_one_processor();
	assert_looked_up_when_dropped(area, PAGES, NULL);
	assert_pattern(area, PAGES * page_size(), 3, "what the pages hold");
}
