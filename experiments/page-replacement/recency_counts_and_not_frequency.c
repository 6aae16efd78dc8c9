/* SPDX-License-Identifier: MIT */
/*
 * Recency counts, and not frequency
 * =================================
 *
 * Document 003 says in its first paragraph that "less-frequently used pages" are kept on disk. That
 * is not what is looked at. The processor keeps one bit for each page, which says that it was used,
 * and not how often; the kernel collects the bits now and then, at its leisure. A page that was
 * used two hundred times between two looks is the same to it as a page used once. What it does know
 * is which of them was seen in use the last time.
 *
 *      often, long ago     ||||||||||||||||||||
 *      once, of late                                    |
 *                                                             pressure: the first of them goes
 *
 * Frequency is not without effect: whoever is used often has most likely been used of late. It is
 * the last use, though, that keeps a page.
 *
 * Look with: bit 62 of /proc/PID/pagemap, in a memory cgroup of our own.
 * Read on:   Documentation/admin-guide/mm/concepts.rst "Reclaim"; documents 003, 004 section 11.2.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("Recency counts, and not frequency");

enum {
	LIMIT = 512,
	SET = 128,
	FILLED = 2 * LIMIT,
	PIECE = 16,
	OFTEN = 200,
	ENOUGH = SET / 2,
	ROUNDS = 3
};

/* How many pages of the set used first, and of the other, are in swap when memory is short. */
struct gone {
	size_t first, second;
};

static struct gone make_short(int uses_of_first, int uses_of_second)
{
	struct gone gone = {0};
	char *first = fresh_pages(SET, MAP_PRIVATE), *second = fresh_pages(SET, MAP_PRIVATE);
	char *filled = fresh_pages(FILLED, MAP_PRIVATE);
	struct memory_group group = guard_memory_group(LIMIT * page_size());

	enter_memory_group(&group);
	for (int i = 0; i < uses_of_first; i++) {
		store_each(first, SET, 'a');
	}
	for (int i = 0; i < uses_of_second; i++) {
		store_each(second, SET, 'b');
	}
	for (size_t i = 0; i < FILLED && gone.first + gone.second < ENOUGH; i += PIECE) {
		store_each(page(filled, i), PIECE, 'f');
		gone.first = count_swapped(observe_pages("used first", first, SET));
		gone.second = count_swapped(observe_pages("used later", second, SET));
	}
	assert_at_least(gone.first + gone.second, ENOUGH, "pages of both sets in swap");
	arrange(munmap(first, SET * page_size()) == 0 && munmap(second, SET * page_size()) == 0 &&
		munmap(filled, FILLED * page_size()) == 0);
	return gone;
}

/*
 * The kernel decides page by page, so some rounds are added up; but not those where nearly all went
 * in one go, and nothing can be compared.
 */
static struct gone gone_in_all(int uses_of_first, int uses_of_second)
{
	struct gone all = {0};

	guard_quick_swap(ROUNDS * FILLED * page_size());
	for (int round = 0; round < ROUNDS; round++) {
		struct gone gone = make_short(uses_of_first, uses_of_second);

		if (gone.first + gone.second <= SET + SET / 2) {
			all.first += gone.first;
			all.second += gone.second;
		}
	}
	if (all.first + all.second == 0) {
		undecided("needs a kernel that takes a little at a time: a machine at rest");
	}
	evidence("pages gone of the set used first, and of the other", "%zu, %zu", all.first,
		 all.second);
	return all;
}

CLAIM(memory_used_often_but_long_ago_goes, "replace-16",
      "Memory used 200 times, but not of late, is swapped before memory used once and later",
      .needs = MEMORY_CGROUP | SWAP | PAGE_STATES, .alone = "swap")
{
	struct gone gone = gone_in_all(OFTEN, 1);

	assert_at_least(gone.first, 2 * gone.second, "pages gone that were used 200 times");
}

CLAIM(as_if_it_were_used_once, "replace-16",
      "Memory used once is swapped in the same order, the older before the newer",
      .needs = MEMORY_CGROUP | SWAP | PAGE_STATES, .alone = "swap")
{
	struct gone gone = gone_in_all(1, 1);

	assert_at_least(gone.first, 2 * gone.second, "pages gone that were used first");
}

CONTROL(used_often_and_of_late_it_stays, "replace-16",
	"Memory used 200 times, and later than memory used once, is swapped after that",
	.needs = MEMORY_CGROUP | SWAP | PAGE_STATES, .alone = "swap")
{
	struct gone gone = gone_in_all(1, OFTEN);

	assert_at_least(gone.first, 2 * gone.second, "pages gone that were used once");
}
