/* SPDX-License-Identifier: MIT */
/*
 * All promises hold at once
 * =========================
 *
 * "The process sees a private virtual world. The kernel defines how that world maps to reality"
 * (document 004, 23). Each part of this has experiments of its own. Here several processes work
 * at the same time and rely on all of it together: on memory of their own at one and the same
 * address, on frames that come with the first touch, on a counter that they share, and on a file
 * into which each writes its part.
 *
 *      worker 0   [private at P]-+   +---------+   file
 *      worker 1   [private at P]-+---| counter |   [ 0 0 | 1 1 | 2 2 | 3 3 ]
 *      ...                           +---------+     each its own part, all see all
 *
 * Each works in a thread while its first thread has handed over; so all of them run at once.
 *
 * Look with: a word that tells who wrote it and when; the sum of all steps; the file, by read(2).
 * Read on:   mmap(2), fork(2); document 004 sections 1 and 23.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("All promises hold at once");

enum { WORKERS = 4, PAGES = 8, PART = 2, ROUNDS = 60, LARGEST_PAGE = 64 * 1024 };

static struct child workers[WORKERS];
static char *address, *common; /* where all map private memory; what they share */
static int file;

struct work {
	unsigned number;
	char *part;                /* of the file */
	size_t foreign, not_empty; /* words found that this worker has not written */
};

/* Fills half of the private pages with words of its own. */
static void fill(struct work *work, uint64_t round)
{
	volatile uint64_t *words = (volatile uint64_t *)address;
	size_t count = PAGES / 2 * page_size() / sizeof *words;

	for (size_t i = 0; i < count; i++) {
		work->not_empty += round == 0 && words[i] != 0;
		words[i] = (uint64_t)(work->number + 1) << 32 | round << 16 | (i & 0xffff);
	}
}

static size_t count_foreign(const struct work *work, uint64_t round)
{
	const volatile uint64_t *words = (const volatile uint64_t *)address;
	size_t count = PAGES / 2 * page_size() / sizeof *words, foreign = 0;

	for (size_t i = 0; i < count; i++) {
		foreign += words[i] !=
			   ((uint64_t)(work->number + 1) << 32 | round << 16 | (i & 0xffff));
	}
	return foreign;
}

static void *do_work(void *argument)
{
	struct work *work = argument;

	for (uint64_t round = 0; round < ROUNDS; round++) {
		fill(work, round);
		write_pattern(work->part, PART * page_size(), work->number * ROUNDS + round);
		work->foreign += count_foreign(work, round);
		atomic_fetch_add((_Atomic unsigned *)common, 1);
	}
	return NULL;
}

/* All work at once, and then each looks again. Tells how many words were foreign. */
static size_t let_all_work(int sharing, int memory, bool look_at_pages)
{
	size_t foreign = 0, all = 0;

	address = reserve(PAGES);
	common = fresh_pages(1, MAP_SHARED);
	file = memory_file(WORKERS * PART, 0);
	for (unsigned i = 0; i < WORKERS; i++) {
		START_CHILD(workers[i]) {
			struct work work = {.number = i};
			pthread_t thread;

			arrange(mmap(address, PAGES * page_size(), PROT_READ | PROT_WRITE,
				     sharing | MAP_FIXED, memory, 0) == address);
			work.part = page(fresh_mapping(WORKERS * PART, MAP_SHARED, file), i * PART);
			arrange(pthread_create(&thread, NULL, do_work, &work) == 0);
			hand_over();
			pthread_join(thread, NULL);
			hand_over(); /* until all have done their work */
			work.foreign = memory < 0 ? work.foreign + work.not_empty : 0;
			work.foreign += count_foreign(&work, ROUNDS - 1);
			if (look_at_pages) {
				assert_strip(observe_pages("worker", address, PAGES), "pppp....");
			}
			tell_parent(&work.foreign, sizeof work.foreign);
		}
	}
	for (unsigned i = 0; i < WORKERS; i++) {
		give_turn(&workers[i]);
	}
	for (unsigned i = 0; i < WORKERS; i++, all += foreign) {
		end_child(&workers[i]);
		hear_from(&workers[i], &foreign, sizeof foreign);
	}
	return all;
}

CLAIM(each_keeps_its_own_and_shares_the_rest, "e2e-02",
      "No worker finds a foreign word, no step is lost, and the file has every part as written")
{
	static char part[PART * LARGEST_PAGE];

	arrange(page_size() <= LARGEST_PAGE);
	assert_equals(let_all_work(MAP_PRIVATE | MAP_ANONYMOUS, -1, false), 0, "foreign words");
	assert_equals(atomic_load((_Atomic unsigned *)common), WORKERS * ROUNDS, "steps counted");
	for (unsigned i = 0; i < WORKERS; i++) {
		read_at(file, part, PART * page_size(), i * PART * page_size());
		assert_pattern(part, PART * page_size(), i * ROUNDS + ROUNDS - 1, "a part");
	}
	assert_trap(try_load(address), SIGSEGV, SEGV_ACCERR, address); /* it is theirs, not ours */
}

CLAIM(what_nobody_touched_stays_away, "e2e-02",
      "When all have worked, half of each worker's private pages are there: those that it touched",
      .needs = PAGE_STATES)
{
	assert_equals(let_all_work(MAP_PRIVATE | MAP_ANONYMOUS, -1, true), 0, "foreign words");
}

CONTROL(a_planted_violation_is_noticed, "e2e-02",
	"With one memory behind the address all but one of the workers miss each of their words")
{
	size_t words = PAGES / 2 * page_size() / sizeof(uint64_t);

	assert_at_least(let_all_work(MAP_SHARED, memory_file(PAGES, 0), false),
			(WORKERS - 1) * words, "foreign words");
}
