/* SPDX-License-Identifier: MIT */
/*
 * Who adds a page drops no translation
 * ====================================
 *
 * The processor keeps what it has found in the tables, and does not keep that it has found nothing
 * (document 004, section 9.2: no page present is a fault). So the kernel may add an entry and
 * go on: there is nothing that anybody could have kept. To take an entry away is another matter. Its
 * translation has to be dropped, and where many are taken away at once, it is cheaper to drop all of
 * the process's.
 *
 *      pages in use        [k][k][k][k][k][k][k][k]
 *      64 pages are added  [k][k][k][k][k][k][k][k]      kept
 *      64 are taken away   [ ][ ][ ][ ][ ][ ][ ][ ]      dropped with them, on x86
 *      1 is taken away     [k][k][k][k][k][k][k][k]      or dropped all the same, by some hypervisors
 *
 * Which it was changes neither a byte nor the faults of the pages in use: those are looked up again.
 *
 * Look with: /proc/PID/clear_refs, and Referenced in /proc/PID/smaps; the tracepoint tlb:tlb_flush.
 * Read on:   munmap(2); document 004 sections 9.2 and 9.4.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>
#include <touchstone/translations.h>

EXPERIMENT("Who adds a page drops no translation");

enum { PAGES = 32, OTHERS = 64, A_FEW = 10, NEEDED = REFERENCED_BITS | AREA_USAGE };

static void add_pages(char *others, size_t count)
{
	store_each(others, count, 'o');
}

static void take_pages_away(char *others, size_t count)
{
	arrange(munmap(others, count * page_size()) == 0);
}

/* The fewest pages in use that were looked up again when this was done to other pages. */
static size_t fewest_after(char *area, void (*act)(char *, size_t), size_t count, int rounds)
{
	bool touched = act == take_pages_away;
	size_t fewest = PAGES;

	for (int round = 0; round < rounds && !were_kept(fewest, PAGES); round++) {
		char *others = fresh_pages(OTHERS, MAP_PRIVATE);

		if (touched) {
			store_each(others, OTHERS, 't');
		}
		load_each(area, PAGES);
		forget_uses();
		act(others, count);
		load_each(area, PAGES);

		size_t noted = uses_noted(area, PAGES);

		fewest = noted < fewest ? noted : fewest;
		arrange(munmap(others, OTHERS * page_size()) == 0);
	}
	return fewest;
}

CLAIM(pages_that_are_added_drop_nothing, "tlb-10",
      "First touches of other pages leave the translations of those in use as they were",
      .needs = NEEDED)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

	watch_one_processor();
	assert_uses_forgotten(area, PAGES);
	undecided_unless_kept(fewest_after(area, add_pages, OTHERS, TRANSLATION_ROUNDS), PAGES);
}

CLAIM(what_was_absent_is_there_at_once, "tlb-10",
      "A page where a load was just refused can be read as soon as it is mapped, each time")
{
	char *place = reserve(1);

	for (int round = 0; round < 200; round++) {
		arrange(munmap(place, page_size()) == 0);

		struct trap trap = try_load(place);

		if (trap.signal == 0 || round == 0) {
			assert_trap(trap, SIGSEGV, SEGV_MAPERR, place);
		}
		arrange(mmap(place, page_size(), PROT_READ | PROT_WRITE,
			     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == place);
		ck_assert_int_eq(try_store(place, (unsigned char)round).signal, 0);
		ck_assert_int_eq(load(place), (unsigned char)round);
	}
}

CLAIM(others_that_go_change_nothing_but_the_time, "tlb-11",
      "When other pages are taken away, those in use keep bytes and entries, and at worst are "
      "looked up again",
      .needs = NEEDED | FAULT_COUNTS)
{
	const size_t each[] = {1, OTHERS};
	char *area = filled_pages(PAGES, MAP_PRIVATE, 2);

	watch_one_processor();
	for (size_t i = 0; i < 2; i++) {
		long faults = 1;

		evidence(i == 0 ? "looked up again after munmap of 1 page"
				: "looked up again after munmap of 64",
			 "%zu of %d at best", fewest_after(area, take_pages_away, each[i], A_FEW),
			 PAGES);
		for (int attempt = 0; attempt < 10 && faults != 0; attempt++) {
			char *others = filled_pages(OTHERS, MAP_PRIVATE, 3);

			arrange(munmap(others, each[i] * page_size()) == 0);
			faults = faults_of(load_each(area, PAGES)).minor;
			assert_trap(try_load(others), SIGSEGV, SEGV_MAPERR, others);
		}
		assert_equals(faults, 0, "minor faults of loads from the pages in use");
		assert_pattern(area, PAGES * page_size(), 2, "what the pages in use hold");
	}
}

CONTROL(what_is_dropped_itself_is_looked_up, "tlb-10 tlb-11",
	"Pages in use whose own rights were taken away and given back are all looked up again",
	.needs = NEEDED)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 4);

	watch_one_processor();
	assert_looked_up_when_dropped(area, PAGES, NULL);
}
