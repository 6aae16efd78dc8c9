/* SPDX-License-Identifier: MIT */
/*
 * Only changed pages are written back
 * ===================================
 *
 * A clean page equals its backing store and can be discarded. A dirty one was modified, and has to
 * be written back before its frame is used again (document 004, sections 11.3 and 11.4). That is
 * why not all victims cost the same.
 *
 *      victim     clean                     dirty
 *                 frame is given up         page -> store      one write
 *                                           frame is given up
 *      wanted     store -> frame            store -> frame     one read
 *
 * So the writes are the dirty evictions, the reads are the faults, and a page that was written back
 * is clean when it comes again. The pager learns of a page's first store by a trap: until then it
 * may be read only.
 *
 * Look with: the pager's counts and its store (touchstone/pager.h); every byte that is read.
 * Read on:   mprotect(2), madvise(2) MADV_DONTNEED; document 004 sections 11.3 and 11.4.
 */
#include <touchstone/experiment.h>
#include <touchstone/pager.h>

EXPERIMENT("Only changed pages are written back");

enum { PAGES = 8, FRAMES = 3, STEPS = 180, LARGEST = 64 * 1024, POLICIES = 5 };

static unsigned char copy[PAGES * LARGEST]; /* what the pages hold, if nothing is lost */

typedef void starter(struct pager *pager, const struct policy *policy, size_t pages, size_t frames);
static starter *const starters[] = {start_pager, start_pager_by_signals};

static void begin(struct pager *pager, starter *start, const struct policy *policy)
{
	arrange(page_size() <= LARGEST);
	pattern_bytes(copy, PAGES * page_size(), 1, 0);
	start(pager, policy, PAGES, FRAMES);
}

static void change(struct pager *pager, size_t number, size_t offset)
{
	unsigned char *kept = copy + number * page_size() + offset;

	*kept = (unsigned char)~*kept;
	pager_store(pager, number, offset, *kept);
}

/* Loads and stores at random. After each, what went is in the store, to the byte, and counted. */
static void load_and_store(struct pager *pager, bool stores, unsigned seed)
{
	unsigned char draws[STEPS], where[STEPS];
	bool dirty[PAGES] = {false};

	random_string(draws, STEPS, 2 * PAGES, seed);
	random_string(where, STEPS, 256, seed + 1);
	for (size_t i = 0; i < STEPS; i++) {
		size_t n = draws[i] / 2, offset = (where[i] + 1) * page_size() / 256 - 1;
		unsigned long written = pager->written, dropped = pager->dropped;
		bool writes = stores && draws[i] % 2;

		if (writes) {
			change(pager, n, offset);
		} else if (pager_load(pager, n, offset) != copy[n * page_size() + offset]) {
			broken(HERE, "the byte that was stored last", "another one, in page %zu",
			       n);
		}
		written = pager->written - written;
		dropped = pager->dropped - dropped;
		if (written + dropped > 0) {
			size_t went = pager->last_victim, at = went * page_size();

			if (written != dirty[went] || dropped != !dirty[went]) {
				broken(HERE, dirty[went] ? "a write" : "no write",
				       "%lu writes of page %zu, %lu pages dropped", written, went,
				       dropped);
			}
			if (memcmp(pager->store + at, copy + at, page_size()) != 0) {
				assert_same_bytes(pager->store + at, copy + at, page_size(),
						  "the backing store of a page that went");
			}
			dirty[went] = false;
		}
		dirty[n] |= writes;
	}
	assert_equals(pager->read, pager->faults, "pages read in");
	assert_equals(pager->written + pager->dropped, pager->faults - FRAMES, "pages that went");
}

CLAIM(a_dirty_victim_costs_one_write, "replace-27",
      "Each dirty victim is written once, each clean one never, each fault reads one page, and "
      "all contents survive, whatever the policy")
{
	static const struct policy *const policies[POLICIES] = {&fifo, &lru, &mru, &second_chance,
								&optimum};

	for (size_t i = 0; i < 2 * POLICIES; i++) {
		struct pager pager;

		begin(&pager, starters[i % 2], policies[i / 2]);
		load_and_store(&pager, true, (unsigned)i);
		assert_at_least(pager.written, STEPS / 10, "pages written back");
		assert_at_least(pager.dropped, STEPS / 20, "pages dropped");
		stop_pager(&pager);
	}
}

CLAIM(it_is_written_when_it_goes_and_not_before, "replace-27",
      "A store changes the page alone; its backing store follows when it has to go, and once only")
{
	for (size_t way = 0; way < 2; way++) {
		static const unsigned char others[] = {1, 2, 3};
		struct pager pager;

		begin(&pager, starters[way], &fifo);
		change(&pager, 0, 0);
		change(&pager, 0, page_size() - 1);
		assert_equals(pager.noticed, 1, "first stores that were noticed");
		assert_pattern(pager.store, PAGES * page_size(), 1, "the backing store, before");
		assert_replay(&pager, others, sizeof others, 3, "faults");
		assert_equals(pager.last_victim, 0, "the page that went");
		assert_equals(pager.written, 1, "pages written back");
		assert_same_bytes(pager.store, copy, PAGES * page_size(), "the store, after");
		assert_equals(pager_load(&pager, 0, page_size() - 1), copy[page_size() - 1],
			      "the last byte, when the page has come again");
		assert_replay(&pager, others, sizeof others, 3, "faults");
		assert_equals(pager.written, 1, "pages written, when it has gone unchanged");
		stop_pager(&pager);
	}
}

CONTROL(who_only_reads_writes_nothing_back, "replace-27",
	"The same accesses, all of them loads, write nothing back")
{
	for (size_t way = 0; way < 2; way++) {
		struct pager pager;

		begin(&pager, starters[way], &fifo);
		load_and_store(&pager, false, 1);
		assert_equals(pager.written, 0, "pages written back");
		assert_at_least(pager.dropped, STEPS / 4, "pages dropped");
		stop_pager(&pager);
	}
}
