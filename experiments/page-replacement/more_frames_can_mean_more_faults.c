/* SPDX-License-Identifier: MIT */
/*
 * More frames can mean more faults
 * ================================
 *
 * Who adds memory expects fewer page faults. With FIFO there may be more, as Belady, Nelson and
 * Shedler found in 1969 (document 004, section 11.2). Their string is short enough to follow by
 * hand:
 *
 *      access     1 2 3 4 1 2 5 1 2 3 4 5
 *      3 frames   * * * * * * *     * *         9 faults
 *      4 frames   * * * *     * * * * * *      10 faults
 *
 * With four frames 1 and 2 are hits at the fifth and sixth access, and FIFO takes no notice: they
 * are the oldest, so they go just before they are needed, and so on to the end.
 *
 * LRU and the optimum are free of this, for what they keep in few frames they keep in more, too.
 *
 * Look with: a pager of our own over real page faults (touchstone/pager.h), and a pencil.
 * Read on:   document 004 section 11.2.
 */
#include <touchstone/experiment.h>
#include <touchstone/pager.h>

EXPERIMENT("More frames can mean more faults");

enum { PAGES = 6, MOST = 5 };

static const unsigned char string[] = {1, 2, 3, 4, 1, 2, 5, 1, 2, 3, 4, 5};

/* The faults with 1, 2, ... frames, by either way of hearing of them. */
static void assert_faults(const struct policy *policy, const unsigned char expected[MOST])
{
	for (size_t frames = 1; frames <= MOST; frames++) {
		struct pager pager;

		start_pager(&pager, policy, PAGES, frames);
		evidence("frames", "%zu, %s", frames, policy->name);
		assert_replay(&pager, string, sizeof string, expected[frames - 1], "faults");
		assert_equals(pager.read, expected[frames - 1], "pages read in");
		stop_pager(&pager);
		start_pager_by_signals(&pager, policy, PAGES, frames);
		assert_replay(&pager, string, sizeof string, expected[frames - 1],
			      "faults told by signals");
		stop_pager(&pager);
	}
}

CLAIM(four_frames_fault_more_than_three, "replace-04",
      "Over Belady's string FIFO faults 9 times with three frames and 10 times with four")
{
	static const unsigned char expected[MOST] = {12, 12, 9, 10, 5};

	assert_faults(&fifo, expected);
}

CLAIM(the_faults_are_those_that_were_drawn, "replace-04",
      "Each of the twelve accesses faults where the picture has a star, and nowhere else")
{
	static const char *const stars[] = {"*******  ** ", "****  ******"};

	for (size_t frames = 3; frames <= 4; frames++) {
		struct pager pager;
		char seen[sizeof string + 1] = "";

		start_pager(&pager, &fifo, PAGES, frames);
		for (size_t i = 0; i < sizeof string; i++) {
			unsigned long before = pager.faults;

			pager_load(&pager, string[i], i);
			seen[i] = pager.faults > before ? '*' : ' ';
		}
		evidence("faults", "%s", seen);
		if (strcmp(seen, stars[frames - 3]) != 0) {
			broken(HERE, stars[frames - 3], "%s", seen);
		}
		stop_pager(&pager);
	}
}

CONTROL(recency_and_foresight_gain_by_a_frame, "replace-04",
	"Over the same string LRU faults 10 times and then 8, the optimum 7 times and then 6")
{
	static const unsigned char recency[MOST] = {12, 12, 10, 8, 5};
	static const unsigned char foresight[MOST] = {12, 9, 7, 6, 5};

	assert_faults(&lru, recency);
	assert_faults(&optimum, foresight);
}
