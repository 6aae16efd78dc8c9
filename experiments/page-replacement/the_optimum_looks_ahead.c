/* SPDX-License-Identifier: MIT */
/*
 * The optimum looks ahead
 * =======================
 *
 * The best victim is the page whose next use is farthest in the future, says document 004 (11.1),
 * and calls it the theoretical optimum. Is there really no better choice? In a small case all can
 * be tried:
 *
 *      two frames                    1  2  3  1  2  3
 *      the oldest goes               *  *  *  *  *  *     each goes just before its turn
 *      what is needed last goes      *  *  *     *        3 evicts 2, and 2 evicts 1
 *
 * To evict early what is needed late leaves the most time in which nothing is missed. Who looks
 * ahead must use it well: the opposite rule is the worst there is.
 *
 * Look with: paper: random strings, and every choice of victims that there is.
 * Read on:   document 004 section 11.1.
 */
#include <touchstone/experiment.h>
#include <touchstone/policies.h>

EXPERIMENT("The optimum looks ahead");

enum { STRINGS = 1000, LENGTH = 40, PAGES = 7, SMALL = 12, FEW = 5, STEPS = 200, ONLINE = 4 };

static const struct policy *const online[ONLINE] = {&fifo, &lru, &mru, &second_chance};

/* The least faults of what is left of the string, whoever goes: each choice is tried. */
static unsigned least_faults(unsigned kept, unsigned frames, const unsigned char *string,
			     size_t length)
{
	unsigned least = SMALL + 1;

	while (length > 0 && kept >> *string & 1) {
		string++;
		length--;
	}
	if (length == 0) {
		return 0;
	}

	unsigned with = kept | 1U << *string;

	if ((unsigned)__builtin_popcount(kept) < frames) {
		return 1 + least_faults(with, frames, string + 1, length - 1);
	}
	for (unsigned goes = 0; goes < FEW; goes++) {
		if (kept >> goes & 1) {
			unsigned faults = 1 + least_faults(with & ~(1U << goes), frames, string + 1,
							   length - 1);

			least = faults < least ? faults : least;
		}
	}
	return least;
}

CLAIM(no_choice_of_victims_is_better, "replace-06",
      "Of all the choices of victims that there are for a short string none faults less")
{
	for (unsigned seed = 0; seed < STRINGS / 4; seed++) {
		unsigned char string[SMALL];

		random_string(string, SMALL, FEW, seed);
		for (unsigned frames = 1; frames < FEW; frames++) {
			unsigned least = least_faults(0, frames, string, SMALL);
			unsigned long seen = faults_on_paper(&optimum, frames, string, SMALL);

			if (seen != least) {
				evidence("string", "seed %u, %u frames", seed, frames);
				assert_equals(seen, least, "faults of the optimum");
			}
		}
	}
}

CLAIM(no_other_policy_is_better, "replace-06",
      "Over a thousand random strings neither FIFO nor LRU nor MRU nor Clock ever faults less")
{
	for (unsigned seed = 0; seed < STRINGS; seed++) {
		unsigned char string[LENGTH];
		size_t frames = 2 + seed % (PAGES - 2);

		random_string(string, LENGTH, PAGES, seed);

		unsigned long least = faults_on_paper(&optimum, frames, string, LENGTH);

		for (size_t i = 0; i < ONLINE; i++) {
			unsigned long faults = faults_on_paper(online[i], frames, string, LENGTH);

			if (faults < least) {
				evidence("policy", "%s, seed %u", online[i]->name, seed);
				assert_at_least(faults, least, "faults");
			}
		}
	}
}

/* The optimum upside down: the page that is needed next goes. */
static size_t nearest_victim(struct frames *frames)
{
	size_t next = 0;

	while (next < frames->ahead_count && frame_of(frames, frames->ahead[next]) == NO_PAGE) {
		next++;
	}
	return next < frames->ahead_count ? frame_of(frames, frames->ahead[next]) : 0;
}

CONTROL(looking_ahead_must_be_used_well, "replace-06",
	"Who looks ahead and evicts what is needed next is worse than the optimum, and than LRU")
{
	static const struct policy nearest = {"the worst", WATCHES_NOTHING, nearest_victim};
	static unsigned char string[STEPS];

	random_string(string, STEPS, PAGES, 1);

	unsigned long worst = faults_on_paper(&nearest, PAGES / 2, string, STEPS);

	assert_at_least(worst, faults_on_paper(&lru, PAGES / 2, string, STEPS) + 1,
			"faults of who evicts what is needed next");
	assert_at_most(faults_on_paper(&optimum, PAGES / 2, string, STEPS), worst / 2,
		       "faults of the optimum");
}
