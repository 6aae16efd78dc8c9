/* SPDX-License-Identifier: MIT */
/*
 * A change reaches every processor
 * ================================
 *
 * Each processor keeps translations of its own, and none can look into another's. When one thread changes
 * the table that all threads of a process share, the processors on which others run have to be told, and
 * to drop what they keep; the call waits until they have (document 004, sections 9.4 and 11.3).
 *
 *      processor 0                         processor 1
 *      mprotect(PROT_READ) -- drop it -->  store 17, store 18, store 19
 *                          <-- dropped --
 *      returns                             trap: no store 20
 *
 * Look with: a number that another thread keeps raising; the tracepoint tlb:tlb_flush.
 * Read on:   mprotect(2), sched_setaffinity(2); document 004 sections 9.4 and 11.3.
 */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>
#include <touchstone/processors.h>

EXPERIMENT("A change reaches every processor");

enum { ROUNDS = 20, STORES = 50, LOOKS = 200 };

/* What the two threads tell each other. */
struct watch {
	char *number; /* the byte that is stored into */
	int processor;
	atomic_long stores; /* that went through */
	atomic_bool changed, stop, ended;
	struct trap trap; /* how the last one ended */
	long too_late;    /* stores that were begun after the change, and went through */
};

static void *keep_storing(void *argument)
{
	struct watch *watch = argument;

	run_on(watch->processor);
	while (!atomic_load(&watch->stop)) {
		bool changed = atomic_load(&watch->changed);

		watch->trap = try_store(watch->number, (unsigned char)(watch->stores + 1));
		if (watch->trap.signal != 0) {
			break;
		}
		watch->too_late += changed;
		atomic_fetch_add(&watch->stores, 1);
	}
	atomic_store(&watch->ended, true);
	return NULL;
}

/* The other thread stores, this one takes the page's right to be written, and looks on. */
static struct watch forbid_while_another_stores(const int processors[2], size_t forbidden)
{
	struct watch watch = {0};
	pthread_t writer;
	char *area = fresh_pages(2, MAP_PRIVATE);

	store_each(area, 2, 0);
	watch.number = page(area, 1);
	watch.processor = processors[1];
	run_on(processors[0]);
	arrange(pthread_create(&writer, NULL, keep_storing, &watch) == 0);
	while (atomic_load(&watch.stores) < STORES && !atomic_load(&watch.ended)) {
		sched_yield();
	}
	arrange(!atomic_load(&watch.ended));

	int answer = mprotect(page(area, forbidden), page_size(), PROT_READ);
	unsigned char last = load(watch.number);

	atomic_store(&watch.changed, true);
	arrange(answer == 0);
	for (long seen = atomic_load(&watch.stores), looks = 0;
	     looks < LOOKS && atomic_load(&watch.stores) < seen + STORES; looks++) {
		watch.too_late += forbidden == 1 && load(watch.number) != last;
		sched_yield();
	}
	atomic_store(&watch.stop, true);
	arrange(pthread_join(writer, NULL) == 0);
	return watch;
}

CLAIM(no_store_lands_after_the_change, "tlb-09",
      "Once mprotect has returned, no store of a thread on another processor goes through",
      .needs = TWO_PROCESSORS, .seconds = 50)
{
	long too_late = 0, refused = 0;
	int processors[2];

	two_processors(processors);
	for (int round = 0; round < ROUNDS; round++) {
		struct watch watch = forbid_while_another_stores(processors, 1);

		too_late += watch.too_late;
		if (watch.trap.signal != 0 && refused++ == 0) {
			assert_trap(watch.trap, SIGSEGV, SEGV_ACCERR, watch.number);
		}
	}
	assert_equals(too_late, 0, "stores after mprotect had returned, in 20 rounds");
	if (refused == 0) {
		undecided("needs two processors that run at once: an idle machine");
	}
}

CONTROL(other_pages_are_written_on, "tlb-09",
	"When the page beside it loses the right, the other thread goes on storing",
	.needs = TWO_PROCESSORS)
{
	int processors[2];

	two_processors(processors);
	for (int round = 0; round < ROUNDS / 2; round++) {
		struct watch watch = forbid_while_another_stores(processors, 0);

		assert_no_trap(watch.trap);
	}
}
