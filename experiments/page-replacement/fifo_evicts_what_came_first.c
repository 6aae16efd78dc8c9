/* SPDX-License-Identifier: MIT */
/*
 * FIFO evicts what came first, however much it is used
 * ====================================================
 *
 * The simplest rule of all: pages stand in a queue, and the one that came first goes first. Nothing
 * has to be known but the order of arrival. But age alone does not predict usefulness, says
 * document 004 (11.2), and FIFO can evict heavily used pages. Here page h is used at every second
 * step:
 *
 *      access   h  1  h  2  h  3  h  4  h  5  h  6
 *      FIFO     *  *     *     *  *  *     *     *      h goes again and again
 *      LRU      *  *     *     *     *     *     *      h stays, always used just now
 *
 * FIFO has to know who came and nothing else, so a use costs it nothing. LRU has to see each use.
 *
 * Look with: a pager of our own over real page faults (touchstone/pager.h).
 * Read on:   document 004 section 11.2.
 */
#include <touchstone/experiment.h>
#include <touchstone/pager.h>

EXPERIMENT("FIFO evicts what came first, however much it is used");

enum { PAGES = 24, FRAMES = 4, USES = 5, HOT = 0, STEPS = PAGES - 1, FEW = 3 };

/* Pages come one after another, and between them the oldest one is used over and over. */
static void bring_all(struct pager *pager, size_t went[])
{
	for (size_t i = 0; i < PAGES; i++) {
		size_t oldest = i < FRAMES ? 0 : i - FRAMES;

		for (int use = 0; use < USES && i > 0; use++) {
			unsigned long faults = pager->faults;

			pager_load(pager, oldest, use);
			if (pager->faults != faults) {
				evidence("page", "%zu, when %zu is wanted", oldest, i);
				assert_equals(pager->faults - faults, 0, "faults of the oldest");
			}
		}
		pager_load(pager, i, 0);
		went[i] = pager->last_victim;
	}
}

CLAIM(pages_go_in_the_order_they_came, "replace-02",
      "The pages go in the order in which they came, though the oldest was used just before")
{
	struct pager pager;
	size_t went[PAGES];

	start_pager(&pager, &fifo, PAGES, FRAMES);
	bring_all(&pager, went);
	for (size_t i = FRAMES; i < PAGES; i++) {
		assert_equals(went[i], i - FRAMES, "the page that went");
	}
	assert_equals(pager.faults, PAGES, "faults");
	stop_pager(&pager);
}

CLAIM(who_comes_again_goes_to_the_end, "replace-02",
      "A page that went and came again is the youngest, whenever it came first")
{
	static const unsigned char string[] = {0, 1, 2, 3, 0, 4, 5, 6};
	static const size_t goes[] = {NO_PAGE, NO_PAGE, NO_PAGE, 0, 1, 2, 3, 0};
	struct pager pager;

	start_pager(&pager, &fifo, PAGES, FEW);
	for (size_t i = 0; i < sizeof string; i++) {
		assert_replay(&pager, string + i, 1, 1, "faults");
		assert_equals(pager.last_victim, goes[i], "the page that went last");
	}
	stop_pager(&pager);
}

/* h, 1, h, 2, h, 3 ...: how many of the loads of h fault. */
static unsigned long faults_of_the_hot_page(const struct policy *policy)
{
	struct pager pager;
	unsigned long hot = 0;

	start_pager(&pager, policy, PAGES, FEW);
	for (unsigned char i = 1; i <= STEPS; i++) {
		unsigned long before = pager.faults;
		unsigned char value = pager_load(&pager, HOT, i), right;

		hot += pager.faults - before;
		pattern_bytes(&right, 1, 1, HOT * page_size() + i);
		if (value != right) {
			assert_equals(value, right, "what the hot page holds");
		}
		assert_replay(&pager, &i, 1, 1, "faults of a page that is new");
	}
	stop_pager(&pager);
	return hot;
}

CLAIM(a_page_in_constant_use_goes_all_the_same, "replace-03",
      "Of the uses of a page at every second step FIFO with three frames misses every third")
{
	assert_equals(faults_of_the_hot_page(&fifo), (STEPS + FEW - 1) / FEW,
		      "faults of the hot page");
}

CONTROL(recency_keeps_what_is_used, "replace-02 replace-03",
	"Over the same accesses LRU brings the page in use in once, and evicts others than FIFO")
{
	static const unsigned char string[] = {0, 1, 2, 0, 3};
	struct pager pager;

	assert_equals(faults_of_the_hot_page(&lru), 1, "faults of the hot page");
	start_pager(&pager, &lru, PAGES, FEW);
	assert_replay(&pager, string, sizeof string, 4, "faults");
	assert_equals(pager.last_victim, 1, "the page that goes where FIFO evicts page 0");
	stop_pager(&pager);
}
