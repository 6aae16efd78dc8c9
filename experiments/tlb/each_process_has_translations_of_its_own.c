/* SPDX-License-Identifier: MIT */
/*
 * Each process has translations of its own
 * ========================================
 *
 * One address means another frame in each process. So a processor that goes on with another process has
 * to forget what it has kept, or to note with each translation whose it is. Document 004 (9.4) tells
 * of the second way, address space identifiers (PCID on x86): then a process that comes back finds
 * what it had, if the others in between have left it any room (9.3).
 *
 *      TLB       whose    page    frame
 *                A        7       19            A goes on, B goes on, A comes back: still there
 *                B        7       42            the same page, and no mix-up
 *
 * Look with: bytes; /proc/PID/clear_refs, and Referenced in /proc/PID/smaps; pcid in /proc/cpuinfo.
 * Read on:   proc_pid_clear_refs(5), sched_setaffinity(2); document 004 sections 9.3 and 9.4.
 */
#include <touchstone/experiment.h>
#include <touchstone/translations.h>

EXPERIMENT("Each process has translations of its own");

enum { PAGES = 32, OTHERS = 4096, TURNS = 100, A_FEW = 10, NEEDED = REFERENCED_BITS | AREA_USAGE };

/* The same pages for both, and many more that the other process may go round. */
struct memory {
	char *area, *others;
};

/* The fewest pages looked up again after one turn of the other process, which goes round so many. */
static size_t fewest_after_a_turn(struct memory memory, size_t others, int rounds)
{
	size_t fewest = PAGES;
	struct child other;

	START_CHILD(other) {
		for (int round = 0; round < rounds; round++) {
			hand_over();
			load_each(memory.others, others);
		}
	}
	for (int round = 0; round < rounds && !were_kept(fewest, PAGES); round++) {
		load_each(memory.area, PAGES);
		forget_uses();
		give_turn(&other);
		load_each(memory.area, PAGES);

		size_t noted = uses_noted(memory.area, PAGES);

		fewest = noted < fewest ? noted : fewest;
	}
	end_child(&other);
	return fewest;
}

CLAIM(who_comes_back_finds_what_was_kept, "tlb-04 tlb-12",
      "Translations outlive a turn of another process on the same processor, if it uses few",
      .needs = NEEDED)
{
	struct memory memory = {filled_pages(PAGES, MAP_PRIVATE, 1),
				fresh_pages(OTHERS, MAP_PRIVATE)};

	watch_one_processor();
	load_each(memory.others, OTHERS);
	assert_uses_forgotten(memory.area, PAGES);
	evidence("looked up again after a turn of one that uses many pages", "%zu of %d at best",
		 fewest_after_a_turn(memory, OTHERS, A_FEW), PAGES);

	size_t fewest = fewest_after_a_turn(memory, 0, TRANSLATION_ROUNDS);

	assert_pattern(memory.area, PAGES * page_size(), 1, "what was read in between");
	undecided_unless_kept(fewest, PAGES);
}

CLAIM(no_process_reads_by_anothers, "tlb-04 tlb-12",
      "Two processes that take turns read at the same addresses what each has stored, every time")
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);
	struct child other;

	START_CHILD(other) {
		write_pattern(area, PAGES * page_size(), 2);
		for (int turn = 0; turn < TURNS; turn++) {
			hand_over();
			store(page(area, turn % PAGES), (unsigned char)turn);
			ck_assert_int_eq(load(page(area, turn % PAGES)), (unsigned char)turn);
			pattern_bytes(page(area, turn % PAGES), page_size(), 2,
				      turn % PAGES * page_size());
			assert_pattern(area, PAGES * page_size(), 2, "what the child reads");
		}
	}
	for (int turn = 0; turn < TURNS; turn++) {
		assert_pattern(area, PAGES * page_size(), 1, "what the parent reads");
		give_turn(&other);
	}
	end_child(&other);
}

static struct child other;

static void let_other_run(void)
{
	give_turn(&other);
}

CONTROL(what_was_dropped_is_not_found, "tlb-04 tlb-12",
	"Where the translations are dropped before the turn, all pages are looked up after it",
	.needs = NEEDED)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 3);

	watch_one_processor();
	START_CHILD(other) {
		for (int turn = 0; turn < TURNS; turn++) {
			hand_over();
		}
	}
	assert_looked_up_when_dropped(area, PAGES, let_other_run);
	end_child(&other);
}
