/* SPDX-License-Identifier: MIT */
/*
 * Clock gives a second chance
 * ===========================
 *
 * Clock approximates LRU by one bit a page (document 004, section 11.2). The pages stand in a
 * circle, and a hand goes round. A page whose bit is set, for it was used, loses the bit and is
 * passed over; the first one whose bit is clear has to go.
 *
 *          v                         v                                  v     the hand
 *      3+  1+  2-   4 is wanted      3+  1-  4+   5 is wanted   3-  5+  4+    + used
 *                   1 is spared                   1 was not used
 *                   2 goes                        in between: it goes
 *
 * When every page was used since the hand came by, the hand clears all of them and takes the first:
 * the one that came first. Then Clock is FIFO, with Belady's anomaly and all. The document does not
 * say so.
 *
 * The bit is a real one here: a page whose bit is cleared is closed by mprotect(2), so that its
 * next use traps, and is noted. Processors set such a bit themselves.
 *
 * Look with: a pager of our own over real page faults (touchstone/pager.h).
 * Read on:   document 004 section 11.2.
 */
#include <touchstone/experiment.h>
#include <touchstone/pager.h>

EXPERIMENT("Clock gives a second chance");

enum { PAGES = 32, FRAMES = 3, MOST = 5, NEW = 20 };

/* Four pages for three frames: 0 went, the hand is at 1, and 1 and 2 have lost their bits. */
static void begin(struct pager *pager)
{
	static const unsigned char string[] = {0, 1, 2, 3};

	start_pager(pager, &second_chance, PAGES, FRAMES);
	assert_replay(pager, string, sizeof string, 4, "faults");
	assert_equals(pager->last_victim, 0, "the page that goes when all were used");
}

/* One page is loaded: whether it faults, and who went last. */
static void assert_step(struct pager *pager, size_t number, bool faults, size_t went)
{
	unsigned char string[] = {(unsigned char)number};

	assert_replay(pager, string, 1, faults, "faults");
	assert_equals(pager->last_victim, went, "the page that went last");
}

CLAIM(who_was_used_is_passed_over, "replace-11",
      "The hand passes the page whose bit is set and evicts the first one whose bit is clear")
{
	struct pager pager;

	begin(&pager);
	assert_step(&pager, 1, false, 0);
	assert_equals(pager.noticed, 1, "uses that set a bit");
	assert_step(&pager, 4, true, 2);
	stop_pager(&pager);
}

CLAIM(the_chance_is_given_once, "replace-11",
      "Who was passed over goes the next time, unless used again meanwhile: each use counts once")
{
	struct pager pager;

	for (int again = 0; again < 2; again++) {
		begin(&pager);
		assert_step(&pager, 1, false, 0);
		assert_step(&pager, 1, false, 0);
		assert_step(&pager, 4, true, 2);
		assert_equals(pager.noticed, 1, "uses that set a bit");
		if (again) {
			assert_step(&pager, 1, false, 2);
			assert_equals(pager.noticed, 2, "uses that set a bit");
		}
		assert_step(&pager, 5, true, again ? 3 : 1);
		stop_pager(&pager);
	}
}

CLAIM(where_all_are_used_age_decides, "replace-13",
      "When each page is used between two faults the pages go in the order in which they came")
{
	struct pager pager;

	start_pager(&pager, &second_chance, PAGES, FRAMES);
	for (size_t i = 0; i < NEW; i++) {
		size_t oldest = i < FRAMES ? 0 : i - FRAMES;

		for (size_t used = oldest; used < i; used++) {
			assert_step(&pager, used, false, oldest > 0 ? oldest - 1 : NO_PAGE);
		}
		assert_step(&pager, i, true, i < FRAMES ? NO_PAGE : oldest);
	}
	stop_pager(&pager);
}

static void assert_beladys(const struct policy *policy, const unsigned char expected[MOST])
{
	static const unsigned char string[] = {1, 2, 3, 4, 1, 2, 5, 1, 2, 3, 4, 5};

	for (size_t frames = 1; frames <= MOST; frames++) {
		struct pager pager;

		start_pager(&pager, policy, PAGES, frames);
		assert_replay(&pager, string, sizeof string, expected[frames - 1], "faults");
		stop_pager(&pager);
	}
}

CLAIM(it_shares_beladys_anomaly, "replace-13",
      "Over Belady's string Clock faults 9 times with three frames and 10 with four, as FIFO does")
{
	static const unsigned char expected[MOST] = {12, 12, 9, 10, 5};

	assert_beladys(&second_chance, expected);
}

CONTROL(without_uses_the_page_at_the_hand_goes, "replace-11",
	"Where no bit is set the hand passes nobody: pages 1 and 2 go in turn, and no use was "
	"noted")
{
	struct pager pager;

	begin(&pager);
	assert_step(&pager, 4, true, 1);
	assert_step(&pager, 5, true, 2);
	assert_equals(pager.noticed, 0, "uses that set a bit");
	stop_pager(&pager);
}

CONTROL(the_order_of_uses_gains_by_a_frame, "replace-13",
	"Over Belady's string LRU faults 10 times with three frames and 8 times with four")
{
	static const unsigned char expected[MOST] = {12, 12, 10, 8, 5};

	assert_beladys(&lru, expected);
}
