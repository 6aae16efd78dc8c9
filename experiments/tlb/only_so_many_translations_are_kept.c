/* SPDX-License-Identifier: MIT */
/*
 * Only so many translations are kept
 * ==================================
 *
 * The TLB is fast because it is small, says document 004 (9.1): some dozens of translations right
 * beside the processor's arithmetic, one or several thousand a step away. A program that goes round
 * more pages than that finds, whenever it comes back to one, that others have taken its place.
 *
 *      pages that are gone round      16    64   256  1024  4096  8192
 *      of 100, looked up again         0     0     0    15    60    95     (for example)
 *
 * How many fit is the machine's affair. The pages lie apart, for some processors keep neighbours with
 * neighbouring frames as one.
 *
 * Look with: /proc/PID/clear_refs, and Referenced in /proc/PID/smaps.
 * Read on:   proc_pid_clear_refs(5); document 004 sections 9.1 and 9.3.
 */
#include <stdio.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>
#include <touchstone/translations.h>

EXPERIMENT("Only so many translations are kept");

enum { FEW = 16, MANY = 8 * 1024, APART = 17, NEEDED = REFERENCED_BITS | AREA_USAGE };

/* One load from each of so many pages, which lie apart. */
static void go_round(const char *area, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		load(page(area, i * APART));
	}
}

static char *pages_apart(size_t count)
{
	char *area = fresh_pages(count * APART, MAP_PRIVATE);

	for (size_t i = 0; i < count; i++) {
		store(page(area, i * APART), (unsigned char)(i + i / 251));
	}
	return area;
}

/* The fewest of the pages that were looked up in the second of two rounds through them. */
static size_t fewest_looked_up(const char *area, size_t count, int rounds)
{
	size_t fewest = count;

	for (int round = 0; round < rounds && !were_kept(fewest, count); round++) {
		go_round(area, count);
		forget_uses();
		go_round(area, count);

		size_t noted = uses_noted(area, count * APART);

		fewest = noted < fewest ? noted : fewest;
	}
	return fewest;
}

CLAIM(of_many_most_are_looked_up_again, "tlb-03",
      "Who goes round many thousand pages has most of them looked up each time, and reads them "
      "right",
      .needs = NEEDED)
{
	char *area;

	watch_one_processor();
	for (size_t count = FEW; count < MANY; count *= 4) {
		char what[60];

		area = pages_apart(count);
		snprintf(what, sizeof what, "looked up again of %zu pages", count);
		evidence(what, "%zu", fewest_looked_up(area, count, 3));
		arrange(munmap(area, count * APART * page_size()) == 0);
	}
	area = pages_apart(MANY);
	assert_uses_forgotten(area, MANY * APART);

	size_t fewest = fewest_looked_up(area, MANY, 3);

	if (fewest <= MANY / 2 && translations_are_emulated()) {
		undecided("needs a processor: this one is emulated, and keeps what it likes");
	}
	assert_at_least(fewest, MANY / 2 + 1, "pages looked up again of 8192");
	for (size_t i = 0; i < MANY; i++) {
		ck_assert_int_eq(load(page(area, i * APART)), (unsigned char)(i + i / 251));
	}
}

CONTROL(of_a_few_none_is, "tlb-03",
	"Who goes round sixteen pages of the same memory finds their translations kept",
	.needs = NEEDED)
{
	char *area = pages_apart(FEW);

	watch_one_processor();
	assert_uses_forgotten(area, FEW * APART);
	undecided_unless_kept(fewest_looked_up(area, FEW, TRANSLATION_ROUNDS), FEW);
}
