/* SPDX-License-Identifier: MIT */
/*
 * Who knows only the past can be misled
 * =====================================
 *
 * The optimum requires perfect knowledge of the future and is "not implementable in real systems"
 * (document 004, section 11.1). It is worse than that: no rule that looks back can promise
 * anything. One who watches it just asks each time for the page that was evicted last:
 *
 *      three frames, four pages     1 2 3 4 ? ? ? ? ? ?
 *      any rule that looks back     * * * * * * * * * *     whatever goes is asked for
 *      the optimum, same string     * * * *     *     *     a fault in three accesses at most
 *
 * After a fault the optimum evicts the page, of those that it had before, that is needed last.
 * Until then all others are needed, and they are hits.
 *
 * Look with: a pager of our own over real page faults (touchstone/pager.h), and paper.
 * Read on:   document 004 section 11.1.
 */
#include <touchstone/experiment.h>
#include <touchstone/pager.h>

EXPERIMENT("Who knows only the past can be misled");

enum { STEPS = 36, MOST = 6, ONLINE = 4 };

static const struct policy *const online[ONLINE] = {&fifo, &lru, &mru, &second_chance};

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

CLAIM(any_rule_can_be_made_to_miss_always, "replace-07",
      "Who is asked each time for the page that was just evicted faults each time, be it FIFO, "
      "LRU, MRU or Clock")
{
	for (size_t frames = 1; frames <= MOST; frames++) {
		for (size_t i = 0; i < ONLINE; i++) {
			unsigned char string[STEPS];

			ask_for_what_went(online[i], frames, string);
		}
	}
}

CLAIM(foresight_misses_one_in_k, "replace-07",
      "Over the very strings that mislead the others the optimum with k frames faults once in k "
      "accesses at most")
{
	for (size_t frames = 1; frames <= MOST; frames++) {
		for (size_t i = 0; i < ONLINE; i++) {
			unsigned char string[STEPS];
			struct pager pager;

			ask_for_what_went(online[i], frames, string);

			unsigned long least = faults_on_paper(&optimum, frames, string, STEPS);

			assert_at_most(least, frames + (STEPS - 1) / frames,
				       "faults of the optimum on paper");
			start_pager(&pager, &optimum, frames + 1, frames);
			assert_replay(&pager, string, STEPS, least, "faults of the optimum");
			stop_pager(&pager);
		}
	}
}

CONTROL(who_is_not_watched_is_not_misled, "replace-07",
	"A string that misleads LRU at every access is hit now and then by MRU")
{
	for (size_t frames = 2; frames <= MOST; frames++) {
		unsigned char string[STEPS];

		ask_for_what_went(&lru, frames, string);
		assert_at_most(faults_on_paper(&mru, frames, string, STEPS), STEPS * 2 / 3,
			       "faults of MRU");
		assert_equals(faults_on_paper(&lru, frames, string, STEPS), STEPS, "faults of LRU");
	}
}
