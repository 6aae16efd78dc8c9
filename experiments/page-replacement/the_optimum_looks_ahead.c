/* SPDX-License-Identifier: MIT */
/*
 * The optimum looks ahead
 * =======================
 *
 * The best victim is the page whose next use is farthest in the future. That is the least number of faults
 * there can be, and it requires perfect knowledge of the future: "not implementable in real systems",
 * says document 004 (11.1). Both halves can be tried. In a small case all choices can be tried, and none
 * is better. And who only knows the past can be led astray for ever:
 *
 *      three frames, four pages: always ask for the one that was just evicted
 *      policy      1 2 3 4 ? ? ? ? ? ?      any policy: a fault at every access
 *      optimum     over that very string:   a fault at every third at most
 *
 * After a fault the optimum evicts what is needed last of the three others, so two hits follow at least.
 *
 * Look with: a pager of our own over real page faults, and paper.
 * Read on:   document 004 section 11.1.
 */
#include <touchstone/experiment.h>
#include <touchstone/pager.h>

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
			ck_assert_uint_eq(faults_on_paper(&optimum, frames, string, SMALL),
					  least_faults(0, frames, string, SMALL));
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
			ck_assert_uint_ge(faults_on_paper(online[i], frames, string, LENGTH),
					  least);
		}
	}
}

/* What the policy evicted is asked for next, with a frame less than pages. */
static void ask_for_what_went(const struct policy *policy, size_t frames, unsigned char *string)
{
	struct pager pager;

	start_pager(&pager, policy, frames + 1, frames);
	for (size_t i = 0; i < STEPS; i++) {
		string[i] = (unsigned char)(i <= frames ? i : pager.last_victim);

		unsigned long before = pager.faults;

		pager_load(&pager, string[i], i);
		if (pager.faults != before + 1) {
			evidence("access", "%zu, %s", i, policy->name);
			assert_equals(pager.faults - before, 1, "faults of an access");
		}
	}
	stop_pager(&pager);
}

CLAIM(who_knows_the_past_can_be_made_to_miss_for_ever, "replace-07",
      "Who is asked each time for the page that it just evicted faults each time, whatever its "
      "rule; the optimum, over the same string, once in as many accesses as there are frames")
{
	for (size_t frames = 2; frames <= PAGES; frames++) {
		for (size_t i = 0; i < ONLINE; i++) {
			unsigned char string[STEPS];
			struct pager pager;

			ask_for_what_went(online[i], frames, string);

			unsigned long least = faults_on_paper(&optimum, frames, string, STEPS);

			ck_assert_uint_le(least, frames + (STEPS - frames + frames - 1) / frames);
			start_pager(&pager, &optimum, frames + 1, frames);
			assert_replay(&pager, string, STEPS, least, "faults of the optimum");
			stop_pager(&pager);
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

CONTROL(looking_ahead_must_be_used_well, "replace-06 replace-07",
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
