/* SPDX-License-Identifier: MIT */
/*
 * A stack of pages shows no anomaly
 * =================================
 *
 * Why can FIFO fault more with more frames (document 004, section 11.2), and LRU not? LRU with k
 * frames keeps the k pages that were used last. With one frame more it keeps these and one more:
 * whatever is a hit with few frames is a hit with many. The pages form a stack, and k says how deep
 * one sees.
 *
 *      used last   e  b  a  d  c         k = 2 keeps e b,  k = 3 keeps e b a
 *                  |____|  |
 *                  |_______|             each holds all of the one before
 *
 * The optimum is such a policy as well. FIFO's queue is not: when a page came depends on the misses
 * before, and so on the number of frames. Clock inherits that.
 *
 * Look with: random strings on paper, by the thousand; a pager of our own over real page faults.
 * Read on:   document 004 section 11.2.
 */
#include <touchstone/experiment.h>
#include <touchstone/pager.h>

EXPERIMENT("A stack of pages shows no anomaly");

enum { STRINGS = 3000, LENGTH = 30, PAGES = 6, REAL = 2 };

/* In how many of the strings some number of frames faults more than one frame less does. */
static size_t strings_with_an_anomaly(const struct policy *policy)
{
	size_t anomalies = 0;

	for (unsigned seed = 0; seed < STRINGS; seed++) {
		unsigned char string[LENGTH];
		unsigned long fewer = LENGTH, faults;
		bool found = false;

		random_string(string, LENGTH, PAGES, seed);
		for (size_t frames = 1; frames <= PAGES; frames++) {
			faults = faults_on_paper(policy, frames, string, LENGTH);
			found |= faults > fewer;
			fewer = faults;
		}
		anomalies += found;
	}
	return anomalies;
}

CLAIM(recency_never_loses_by_a_frame, "replace-05",
      "In none of 3000 random strings LRU faults more with more frames")
{
	assert_equals(strings_with_an_anomaly(&lru), 0, "strings with an anomaly");
}

CLAIM(foresight_never_loses_by_a_frame, "replace-05",
      "In none of 3000 random strings the optimum faults more with more frames")
{
	assert_equals(strings_with_an_anomaly(&optimum), 0, "strings with an anomaly");
}

static bool holds_all(const struct frames *more, const struct frames *fewer)
{
	for (size_t i = 0; i < fewer->taken; i++) {
		if (frame_of(more, fewer->held[i].page) == NO_PAGE) {
			return false;
		}
	}
	return true;
}

CLAIM(what_few_frames_keep_more_keep_too, "replace-05",
      "After each access LRU with a frame more holds the pages that it holds with a frame less")
{
	for (unsigned seed = 0; seed < STRINGS / 10; seed++) {
		static struct frames sets[PAGES + 1];
		unsigned char string[LENGTH];
		struct held victim;

		random_string(string, LENGTH, PAGES, seed);
		for (size_t count = 1; count <= PAGES; count++) {
			frames_begin(&sets[count], &lru, count);
		}
		for (size_t i = 0; i < LENGTH; i++) {
			for (size_t count = 1; count <= PAGES; count++) {
				frames_access(&sets[count], string[i], &victim);
			}
			for (size_t few = 1; few < PAGES; few++) {
				if (!holds_all(&sets[few + 1], &sets[few])) {
					broken(HERE, "all that fewer frames hold",
					       "less, with %zu frames after access %zu", few + 1,
					       i);
				}
			}
		}
	}
}

CLAIM(it_is_so_for_real_faults, "replace-05",
      "Over real page faults LRU and the optimum count as on paper, fewer with each frame")
{
	static const struct policy *const policies[] = {&lru, &optimum};

	for (unsigned seed = 0; seed < REAL * 2; seed++) {
		const struct policy *policy = policies[seed % 2];
		unsigned char string[LENGTH];
		unsigned long fewer = LENGTH;

		random_string(string, LENGTH, PAGES, seed);
		for (size_t frames = 1; frames <= PAGES; frames++) {
			unsigned long faults = faults_on_paper(policy, frames, string, LENGTH);
			struct pager pager;

			start_pager(&pager, policy, PAGES, frames);
			assert_replay(&pager, string, LENGTH, faults, "faults");
			if (pager.faults > fewer) {
				assert_at_most(pager.faults, fewer, "faults with a frame more");
			}
			fewer = pager.faults;
			stop_pager(&pager);
		}
	}
}

CONTROL(queues_show_it_now_and_then, "replace-05",
	"Among the same strings there are some in which FIFO, and some in which Clock, loses by a "
	"frame")
{
	assert_at_least(strings_with_an_anomaly(&fifo), 1, "strings with an anomaly, FIFO");
	assert_at_least(strings_with_an_anomaly(&second_chance), 1,
			"strings with an anomaly, Clock");
}
