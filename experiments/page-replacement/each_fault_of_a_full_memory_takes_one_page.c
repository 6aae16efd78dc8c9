/* SPDX-License-Identifier: MIT */
/*
 * Each fault of a full memory takes one page
 * ==========================================
 *
 * A page is wanted and no frame is free: then some page has to go, says document 004 (11), and its
 * frame is used again. One fault, one victim. Memory neither grows by it nor shrinks.
 *
 *      wanted    a   b   c   d   b   e   a            three frames
 *      frames    a   ab  abc dbc dbc dec dea
 *      goes      -   -   -   a   -   b   c            faults 6, evictions 6 - 3
 *
 * The kernel does this for a whole machine and on its own terms. Here a pager of our own does it
 * for a few pages of this process: the faults are real, and so are the frames that it gives up.
 *
 * Look with: the pager's counts, and the present bit of /proc/PID/pagemap.
 * Read on:   userfaultfd(2), mprotect(2), madvise(2); document 004 sections 11 and 11.3.
 */
#include <touchstone/experiment.h>
#include <touchstone/pager.h>

EXPERIMENT("Each fault of a full memory takes one page");

enum { PAGES = 9, FRAMES = 4, LENGTH = 100, POLICIES = 5 };

static const struct policy *const policies[POLICIES] = {&fifo, &lru, &mru, &second_chance,
							&optimum};

/* One load more of a random string: whether it faulted. What it reads is right. */
static bool loads_next(struct pager *pager, unsigned char number)
{
	unsigned long before = pager->faults;
	unsigned char value = pager_load(pager, number, 3), right;

	pattern_bytes(&right, 1, 1, number * page_size() + 3);
	if (value != right) {
		evidence("page", "%d", number);
		assert_equals(value, right, "a byte of a page that was brought in");
	}
	return pager->faults != before;
}

static void look_at_each_step(struct pager *pager, const unsigned char *string)
{
	bool here[PAGES] = {false};
	size_t count = 0;

	for (size_t i = 0; i < LENGTH; i++) {
		unsigned long gone = pager->written + pager->dropped;
		bool faults = loads_next(pager, string[i]);

		gone = pager->written + pager->dropped - gone;
		if (faults != !here[string[i]] || gone != (faults && count == FRAMES)) {
			evidence("access", "%zu, to page %d", i, string[i]);
			assert_equals(faults, !here[string[i]], "faults of an access");
			assert_equals(gone, faults && count == FRAMES, "pages that went");
		}
		if (gone) {
			arrange(here[pager->last_victim]);
			here[pager->last_victim] = false;
		}
		count += faults - gone;
		here[string[i]] = true;
	}
	assert_equals(pager->written + pager->dropped, pager->faults - FRAMES, "evictions");
}

CLAIM(one_page_goes_for_each_that_comes, "replace-01",
      "Once all frames are taken each fault evicts one page that was there, and a hit none, "
      "whatever the policy")
{
	unsigned char string[LENGTH];

	for (size_t i = 0; i < POLICIES; i++) {
		struct pager pager;

		random_string(string, LENGTH, PAGES, (unsigned)i);
		start_pager(&pager, policies[i], PAGES, FRAMES);
		look_at_each_step(&pager, string);
		stop_pager(&pager);
	}
}

CLAIM(exactly_the_pages_that_were_kept_are_there, "replace-01",
      "After every access as many pages are present as have frames, and just those that were kept",
      .needs = PAGE_STATES)
{
	unsigned char string[LENGTH];
	struct pager pager;

	random_string(string, LENGTH, PAGES, 1);
	start_pager(&pager, &lru, PAGES, FRAMES);
	for (size_t i = 0; i < LENGTH; i++) {
		loads_next(&pager, string[i]);

		struct pages seen = observe_pages("the pager's memory", pager.memory, PAGES);

		for (size_t n = 0; n < PAGES; n++) {
			bool there = page_is_present(seen, n) || page_is_swapped(seen, n);
			bool kept = frame_of(&pager.frames, n) != NO_PAGE;

			if (there != kept) {
				evidence("page", "%zu, after access %zu", n, i);
				assert_equals(there, kept, "whether the page is there");
			}
		}
	}
	stop_pager(&pager);
}

CLAIM(a_signal_tells_as_much_as_an_event, "replace-01",
      "A pager that hears of faults by signals counts the same as one told by events, and as paper")
{
	unsigned char string[LENGTH];

	for (size_t i = 0; i < POLICIES; i++) {
		struct pager pager;

		random_string(string, LENGTH, PAGES, 7 + (unsigned)i);

		unsigned long faults = faults_on_paper(policies[i], FRAMES, string, LENGTH);

		start_pager(&pager, policies[i], PAGES, FRAMES);
		assert_replay(&pager, string, LENGTH, faults, "faults");
		stop_pager(&pager);
		start_pager_by_signals(&pager, policies[i], PAGES, FRAMES);
		assert_replay(&pager, string, LENGTH, faults, "faults told by signals");
		stop_pager(&pager);
	}
}

CONTROL(with_frames_for_all_nobody_goes, "replace-01",
	"With a frame for each page every page faults once and none ever goes")
{
	unsigned char string[LENGTH];
	struct pager pager;

	random_string(string, LENGTH, PAGES, 1);
	start_pager(&pager, &lru, PAGES, PAGES);
	assert_replay(&pager, string, LENGTH, PAGES, "faults");
	assert_equals(pager.written + pager.dropped, 0, "evictions");
	stop_pager(&pager);
}
