/* SPDX-License-Identifier: MIT */
/*
 * Recent use foretells the next
 * =============================
 *
 * "Recent past often predicts near future because programs have locality" (document 004, 11.2). So
 * it pays to know what was used, and how well it is known makes the difference:
 *
 *      faults over a program with locality     FIFO  >  Clock  >  LRU  >  the optimum
 *                                              age     1 bit     order    the future
 *      over accesses without any               all who look back are the same
 *
 * Clock is called "a practical compromise", and here it is one. No single string has to obey: over
 * Belady's FIFO is better than LRU. Two kinds of locality are tried: phases, in which a few pages
 * are used and now and then another, and pages of which the second is used half as often as the
 * first, the third a third as often, and so on (Zipf).
 *
 * Look with: fixed random strings on paper, and a pager of our own over real page faults.
 * Read on:   document 004 sections 11.2 and 20.2.
 */
#include <touchstone/experiment.h>
#include <touchstone/pager.h>

EXPERIMENT("Recent use foretells the next");

enum { LENGTH = 20000, PAGES = 40, FRAMES = 10, PHASE = 500, LOCAL = 8, REAL = 150, DRAWS = 4 };

static unsigned char string[LENGTH], draws[LENGTH * DRAWS];

static void phases(unsigned seed)
{
	random_string(draws, sizeof draws, PAGES, seed);
	for (size_t i = 0; i < LENGTH; i++) {
		const unsigned char *draw = draws + i * DRAWS;
		size_t first = draws[i / PHASE * PHASE * DRAWS];
		bool strays = draw[1] < PAGES / 10;

		string[i] = (unsigned char)(strays ? draw[2] : (first + draw[3] % LOCAL) % PAGES);
	}
}

/* Page n with a chance of 1 / (n + 1), in whole numbers. */
static void zipf(unsigned seed)
{
	enum { WEIGHT = 10000, EACH = 256 };
	size_t all = 0;

	for (size_t n = 0; n < PAGES; n++) {
		all += WEIGHT / (n + 1);
	}
	random_string(draws, sizeof draws, EACH, seed);
	for (size_t i = 0; i < LENGTH; i++) {
		const unsigned char *draw = draws + i * DRAWS;
		size_t left = (((size_t)draw[0] * EACH + draw[1]) * EACH + draw[2]) % all, n = 0;

		while (left >= WEIGHT / (n + 1)) {
			left -= WEIGHT / (n + 1);
			n++;
		}
		string[i] = (unsigned char)n;
	}
}

static unsigned long faults(const struct policy *policy)
{
	return faults_on_paper(policy, FRAMES, string, LENGTH);
}

static void (*const kinds[])(unsigned seed) = {phases, zipf};

CLAIM(recency_beats_age, "replace-08",
      "With locality LRU faults less than FIFO by more than a tenth")
{
	for (size_t kind = 0; kind < 2; kind++) {
		kinds[kind](1);
		evidence("faults of FIFO", "%lu", faults(&fifo));
		assert_at_most(faults(&lru), faults(&fifo) * 9 / 10, "faults of LRU");
	}
}

CLAIM(one_bit_goes_half_the_way, "replace-12",
      "With locality Clock faults less than FIFO, and no less than LRU")
{
	for (size_t kind = 0; kind < 2; kind++) {
		kinds[kind](1);
		assert_at_most(faults(&second_chance), faults(&fifo) * 19 / 20, "faults of Clock");
		assert_at_least(faults(&second_chance), faults(&lru), "faults of Clock");
	}
}

CLAIM(real_faults_tell_the_same, "replace-08 replace-12",
      "Over real page faults the beginnings of these strings fault as often as on paper")
{
	static const struct policy *const policies[] = {&fifo, &second_chance, &lru};

	for (size_t kind = 0; kind < 2; kind++) {
		kinds[kind](1);
		for (size_t i = 0; i < 3; i++) {
			struct pager pager;

			start_pager(&pager, policies[i], PAGES, FRAMES);
			assert_replay(&pager, string, REAL,
				      faults_on_paper(policies[i], FRAMES, string, REAL), "faults");
			stop_pager(&pager);
		}
	}
}

CONTROL(without_locality_nothing_is_foretold, "replace-08 replace-12",
	"Over accesses to any page alike FIFO, Clock and LRU part by less than a fiftieth")
{
	random_string(string, LENGTH, PAGES, 1);

	unsigned long middle = faults(&fifo);

	assert_at_most(faults(&lru), middle + middle / 50, "faults of LRU");
	assert_at_least(faults(&lru), middle - middle / 50, "faults of LRU");
	assert_at_most(faults(&second_chance), middle + middle / 50, "faults of Clock");
	assert_at_least(faults(&second_chance), middle - middle / 50, "faults of Clock");
}
