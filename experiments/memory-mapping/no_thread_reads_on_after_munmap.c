/* SPDX-License-Identifier: MIT */
/*
 * No thread reads on after munmap
 * ===============================
 *
 * All threads of a process live in one address space, and any of them may be running on another
 * processor, whose TLB still holds the old translation. Nothing in the hardware tells it that the
 * page table has changed. The kernel has to interrupt that processor and have it forget,
 * before munmap(2) returns and the frame goes to somebody else. Document 002 promises a segfault
 * to "subsequent references"; this is about what subsequent means where two processors run.
 *
 *      processor 0, thread A           processor 1, thread B
 *                                      load(page)    TLB: page -> frame 9
 *      munmap(page)   -------------->  forgets
 *      munmap returns, flag = 1
 *                                      sees flag, load(page): SIGSEGV
 *
 * Look with: two threads on two processors. A raises a flag once munmap has returned; B looks at it
 *            before each load. A load that goes through after the flag was seen is wrong, in
 *            whatever order the two run: nothing depends on time.
 * Read on:   munmap(2); documents 002 "User-Level Memory Mapping", 004 section 9.
 */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>
#include <touchstone/processors.h>

EXPERIMENT("No thread reads on after munmap");

enum { ROUNDS = 25, LOADS = 100 };

/* What A and B tell each other. */
struct watch {
	const char *watched;
	int processor;
	atomic_long loads;    /* by B: how often it has read the byte */
	atomic_bool unmapped; /* by A: munmap has returned */
	atomic_bool ended;    /* by B: it reads no more */
	struct trap trap;     /* how B's last load ended */
	long wrong, too_late; /* loads of a wrong byte, loads that munmap should have prevented */
};

static void *keep_reading(void *argument)
{
	struct watch *watch = argument;

	run_on(watch->processor);
	for (;;) {
		bool was_unmapped = atomic_load(&watch->unmapped);

		watch->trap = try_load(watch->watched);
		if (watch->trap.signal != 0) {
			break;
		}
		watch->wrong += watch->trap.loaded != 'w';
		if (was_unmapped) {
			watch->too_late++;
			break;
		}
		atomic_fetch_add(&watch->loads, 1);
	}
	atomic_store(&watch->ended, true);
	return NULL;
}

/* B reads the second of two pages, A unmaps one of them, and it is seen what B reads then. */
static struct watch unmap_while_another_thread_reads(const int processors[2], size_t unmapped)
{
	struct watch watch = {0};
	pthread_t reader;
	char *area = fresh_pages(2, MAP_PRIVATE);

	store(page(area, 1), 'w');
	watch.watched = page(area, 1);
	watch.processor = processors[1];
	run_on(processors[0]);
	arrange(pthread_create(&reader, NULL, keep_reading, &watch) == 0);
	while (atomic_load(&watch.loads) < LOADS && !atomic_load(&watch.ended)) {
		sched_yield();
	}
	arrange(!atomic_load(&watch.ended));

	int answer = munmap(page(area, unmapped), page_size());
	atomic_store(&watch.unmapped, true);
	arrange(answer == 0);
	arrange(pthread_join(reader, NULL) == 0);
	return watch;
}

CLAIM(no_thread_reads_on, "munmap-09",
      "Once munmap has returned, no thread on another processor reads the page even once",
      .needs = TWO_PROCESSORS, .seconds = 50)
{
	long wrong = 0, too_late = 0;
	int processors[2];

	two_processors(processors);
	for (size_t i = 0; i < ROUNDS; i++) {
		struct watch watch = unmap_while_another_thread_reads(processors, 1);

		wrong += watch.wrong;
		too_late += watch.too_late;
		if (i == 0 && !watch.too_late) {
			assert_trap(watch.trap, SIGSEGV, SEGV_MAPERR, watch.watched);
		}
	}
	assert_equals(too_late, 0, "loads after munmap had returned, in 25 rounds");
	assert_equals(wrong, 0, "loads of a byte that was never in the page");
}

CONTROL(other_pages_are_read_on, "munmap-09",
	"When the page beside it is unmapped, the other thread reads on as before",
	.needs = TWO_PROCESSORS)
{
	int processors[2];

	two_processors(processors);

	struct watch watch = unmap_while_another_thread_reads(processors, 0);

	assert_no_trap(watch.trap);
	assert_equals(watch.too_late, 1, "loads after munmap had returned");
	assert_equals(watch.wrong, 0, "loads of a byte that was never in the page");
}
