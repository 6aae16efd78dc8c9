/* SPDX-License-Identifier: MIT */
/*
 * Memory in use is swapped last
 * =============================
 *
 * "A bad decision can evict hot pages and create a storm of repeated faults. A better decision
 * preserves the working set" (document 004, 11.5). A program that fills one page of memory after
 * the other, and comes back to none of them, needs frames all the time. They can be had from memory
 * that is idle, as long as there is any; and the pages that the program itself has left behind are
 * idle as well.
 *
 *      came first     then     and then the program fills four times the limit
 *      [ used   ] [ idle   ] [0][1][2][3][4][5][6][7][8] ...
 *          ^------------------^-----^-----^-----^-----^---     used after each piece of it
 *      stays       ~ ~ ~ ~     ~  ~  ~  ~  ~
 *
 * What is used again shows only at a second look, and the first one may be taken when memory is
 * short already. So the first half is for learning; in the second it is seen what was learned.
 * Which pages go is the kernel's choice: what is asserted is a majority. By age alone all that is
 * in use would go twice in the second half.
 *
 * Look with: bit 62 of /proc/PID/pagemap, in a memory cgroup of our own.
 * Read on:   Documentation/admin-guide/mm/concepts.rst "Reclaim"; document 004 sections 11.5 and
 *            12.4.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>
#include <touchstone/translations.h>

EXPERIMENT("Memory in use is swapped last");

enum { LIMIT = 512, SET = 64, FILLED = 4 * LIMIT, PIECE = 16, USED = 1, IDLE = 2 };

/* A use is noted in the page table when a TLB is filled from there: so it must forget first. */
static void use(char *set)
{
	drop_translations(set, SET);
	load_each(set, SET);
}

/* Pages of the one set that were in swap when it was used again, and pages in swap in the end. */
struct lost {
	size_t when_used, used, idle;
};

static struct lost fill_memory(bool again)
{
	struct lost lost = {0};
	char *used = fresh_pages(SET, MAP_PRIVATE), *idle = fresh_pages(SET, MAP_PRIVATE);
	char *filled = fresh_pages(FILLED, MAP_PRIVATE);

	struct memory_group group = guard_memory_group(LIMIT * page_size());

	enter_memory_group(&group);
	write_pattern(used, SET * page_size(), USED);
	write_pattern(idle, SET * page_size(), IDLE);
	for (size_t i = 0; i < FILLED; i += PIECE) {
		store_each(page(filled, i), PIECE, 'f');
		if (again) {
			size_t gone = count_swapped(observe_pages("used", used, SET));

			lost.when_used += i < FILLED / 2 ? 0 : gone;
			use(used);
		}
	}
	lost.used = count_swapped(observe_pages("used", used, SET));
	lost.idle = count_swapped(observe_pages("idle", idle, SET));
	assert_pattern(used, SET * page_size(), USED, "the set that was used");
	assert_pattern(idle, SET * page_size(), IDLE, "the idle set");
	arrange(munmap(used, SET * page_size()) == 0 && munmap(idle, SET * page_size()) == 0 &&
		munmap(filled, FILLED * page_size()) == 0);
	return lost;
}

CLAIM(memory_in_use_stays, "replace-15",
      "A program that fills memory has idle memory swapped out, and hardly any that is in use",
      .needs = MEMORY_CGROUP | SWAP | PAGE_STATES, .alone = "swap")
{
	struct lost lost;

	need_no_zswap(); /* what it keeps counts in the group, of which less and less is left */
	guard_swap(FILLED * page_size());
	lost = fill_memory(true);
	/* What is used between two looks of the kernel may be taken for idle, once or twice. */
	for (int again = 0; again < 4 && lost.when_used > lost.idle; again++) {
		lost = fill_memory(true);
	}
	assert_at_least(lost.idle, SET / 2, "pages of the idle set in swap");
	assert_at_most(lost.when_used, lost.idle, "times that a page in use was in swap");
}

CONTROL(memory_that_is_not_used_goes, "replace-15",
	"Of two sets that nobody uses, most pages of both are swapped out",
	.needs = MEMORY_CGROUP | SWAP | PAGE_STATES, .alone = "swap")
{
	guard_swap(FILLED * page_size());

	struct lost lost = fill_memory(false);

	assert_at_least(lost.used, SET / 2, "pages of the first set in swap");
	assert_at_least(lost.idle, SET / 2, "pages of the second set in swap");
}
