/* SPDX-License-Identifier: MIT */
/*
 * Knowing every use costs a trap each
 * ===================================
 *
 * "Tracking perfect recency on every access is too costly at system scale" (document 004, 11.2). A
 * present page is used without anybody being told: that is what makes memory fast. Who has to know
 * of each use must close each page again after it, and pay with a trap.
 *
 *      policy    wants to know                  traps of n accesses
 *      FIFO      who came                       the misses
 *      Clock     who was used since last time   the misses, and the first use after each look
 *      LRU       who was used last              n
 *      sampling  who was used since last time   the misses: the processor sets the bit
 *
 * So real systems sample. The processor notes the use of a page in its table entry, at no cost, and
 * the kernel looks now and then and clears the bits.
 *
 * Look with: the pager's counts (touchstone/pager.h); /proc/PID/clear_refs, Referenced in smaps.
 * Read on:   proc_pid_clear_refs(5); document 004 section 11.2.
 */
#include <touchstone/experiment.h>
#include <touchstone/pager.h>
#include <touchstone/translations.h>

EXPERIMENT("Knowing every use costs a trap each");

enum { PAGES = 12, FRAMES = 8, LENGTH = 400, SAMPLED = 8, ATTEMPTS = 10 };

static unsigned char string[LENGTH];

/* The traps on pages that are there, over the string. What it loads and its faults are right. */
static unsigned long noticed(const struct policy *policy, unsigned long *faults)
{
	struct pager pager;

	random_string(string, LENGTH, PAGES, 1);
	start_pager(&pager, policy, PAGES, FRAMES);
	*faults = faults_on_paper(policy, FRAMES, string, LENGTH);
	assert_replay(&pager, string, LENGTH, *faults, "faults");
	stop_pager(&pager);
	return pager.noticed;
}

CLAIM(age_is_free, "replace-10", "FIFO traps on misses only: a hit costs it nothing")
{
	unsigned long faults;

	assert_equals(noticed(&fifo, &faults), 0, "traps on pages that are there");
	assert_at_most(faults, LENGTH / 2, "traps");
}

CLAIM(exact_recency_traps_always, "replace-10",
      "LRU traps on every access: what is no miss is a trap to learn of the use")
{
	unsigned long faults;

	assert_equals(noticed(&lru, &faults) + faults, LENGTH, "traps");
}

CLAIM(a_bit_costs_less_than_the_order, "replace-10",
      "Clock traps on the first use after each look: on some hits, and on fewer than half")
{
	unsigned long faults, first_uses = noticed(&second_chance, &faults);

	assert_at_least(first_uses, 1, "traps on pages that are there");
	assert_at_most(first_uses, (LENGTH - faults) / 2, "traps on pages that are there");
}

CLAIM(sampling_costs_no_trap, "replace-10",
      "Who lets the processor note the uses learns which pages were used, and no access traps",
      .needs = REFERENCED_BITS | AREA_USAGE | FAULT_COUNTS)
{
	char *area = filled_pages(SAMPLED, MAP_PRIVATE, 1);
	size_t used = 0;
	long faults = 1;

	watch_one_processor();
	/* The kernel may look for idle pages, or move some, in between: then again. */
	for (int i = 0; i < ATTEMPTS && (faults != 0 || used != SAMPLED / 2); i++) {
		forget_uses();
		drop_translations(area, SAMPLED);
		faults = faults_of(for (size_t n = 0; n < LENGTH; n++) {
				 load(page(area, n % SAMPLED & ~(size_t)1));
			 }).minor;
		used = uses_noted(area, SAMPLED);
	}
	assert_equals(faults, 0, "minor faults of 400 loads");
	assert_equals(used, SAMPLED / 2, "pages that count as used");
	assert_pattern(area, SAMPLED * page_size(), 1, "what the pages hold");
}

CONTROL(who_watches_nothing_is_told_nothing, "replace-10",
	"With frames for all no policy misses after the first round; LRU alone goes on paying")
{
	static const struct policy *const policies[] = {&fifo, &second_chance, &optimum, &lru};

	random_string(string, LENGTH, FRAMES, 1);
	for (size_t i = 0; i < 4; i++) {
		struct pager pager;

		start_pager(&pager, policies[i], FRAMES, FRAMES);
		assert_replay(&pager, string, LENGTH, FRAMES, "faults");
		assert_equals(pager.noticed, policies[i] == &lru ? LENGTH - FRAMES : 0,
			      "traps on pages that are there");
		stop_pager(&pager);
	}
}
