/* SPDX-License-Identifier: MIT */
/*
 * A loop one page too long is missed always
 * =========================================
 *
 * The recent past often predicts the near future, and so LRU is attractive (document 004, 11.2).
 * Often: who goes round and round needs last what he used last. One page more than there are
 * frames, and LRU evicts each page just before its turn:
 *
 *      three frames    1 2 3 4 1 2 3 4 1 2 3 4
 *      LRU             * * * * * * * * * * * *     as if there were no memory at all
 *      the optimum     * * * *     *     *         a fault in three accesses
 *
 * The document praises recency and does not say so. FIFO and Clock do no better here; MRU, a
 * foolish rule for most programs, does as well as the optimum. With one frame more there is nothing
 * to choose.
 *
 * Look with: a pager of our own over real page faults (touchstone/pager.h).
 * Read on:   document 004 section 11.2, and 20.2 on locality.
 */
#include <touchstone/experiment.h>
#include <touchstone/pager.h>

EXPERIMENT("A loop one page too long is missed always");

enum { ROUNDS = 6, MOST = 6, LONGEST = (MOST + 1) * ROUNDS };

static size_t go_round(unsigned char *string, size_t pages)
{
	for (size_t i = 0; i < pages * ROUNDS; i++) {
		string[i] = (unsigned char)(i % pages);
	}
	return pages * ROUNDS;
}

static void misses_always(const struct policy *policy)
{
	unsigned char string[LONGEST];

	for (size_t frames = 1; frames <= MOST; frames++) {
		size_t length = go_round(string, frames + 1);
		struct pager pager;

		start_pager(&pager, policy, frames + 1, frames);
		assert_replay(&pager, string, length, length, "faults");
		assert_equals(pager.dropped, length - frames, "pages that went");
		stop_pager(&pager);
	}
}

CLAIM(recency_misses_always, "replace-09",
      "LRU with k frames faults at every access of a loop through k + 1 pages, for k from 1 to 6")
{
	misses_always(&lru);
}

CLAIM(so_do_those_who_follow_age, "replace-09",
      "FIFO and Clock fault at every access of such a loop as well")
{
	misses_always(&fifo);
	misses_always(&second_chance);
}

CLAIM(others_miss_one_in_k, "replace-09",
      "The optimum and MRU fault once in k accesses of the same loop")
{
	static const struct policy *const policies[] = {&optimum, &mru};
	unsigned char string[LONGEST];

	for (size_t frames = 1; frames <= MOST; frames++) {
		size_t length = go_round(string, frames + 1);

		for (size_t i = 0; i < 2; i++) {
			struct pager pager;

			unsigned long expected = frames + (length - frames + frames - 1) / frames;
			start_pager(&pager, policies[i], frames + 1, frames);
			assert_replay(&pager, string, length, expected, "faults");
			stop_pager(&pager);
		}
	}
}

CONTROL(a_loop_that_fits_is_never_missed, "replace-09",
	"Of a loop through k pages the first round faults, and then nothing, whatever the policy")
{
	static const struct policy *const policies[] = {&fifo, &lru, &mru, &second_chance};
	unsigned char string[LONGEST];

	for (size_t frames = 1; frames <= MOST; frames++) {
		size_t length = go_round(string, frames);

		for (size_t i = 0; i < 4; i++) {
			struct pager pager;

			start_pager(&pager, policies[i], frames, frames);
			assert_replay(&pager, string, length, frames, "faults");
			stop_pager(&pager);
		}
	}
}
