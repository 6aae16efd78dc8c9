/* SPDX-License-Identifier: MIT */
/*
 * Each thread has a fault count of its own, and the process their sum
 * ===================================================================
 *
 * Document 001 counts the page faults of its program with getrusage(2) and means the process.
 * There is more to be had. Whichever thread touches a page is the one that faults, and is
 * charged:
 *
 *      who                    counts
 *      RUSAGE_THREAD          the calling thread alone
 *      RUSAGE_SELF            all threads of the process, those that have ended as well
 *
 * The memory is common to all of them: a page that one thread has brought costs the next one
 * nothing.
 *
 * The threads take turns at a barrier, and go round once unmeasured, for what is used for the
 * first time may fault.
 *
 * Look with: getrusage(2), ru_minflt.
 * Read on:   getrusage(2), pthreads(7); documents 001 "Observations", 003.
 */
#include <pthread.h>
#include <sys/resource.h>

#include <touchstone/experiment.h>

EXPERIMENT("Each thread has a fault count of its own, and the process their sum");

enum { ROUNDS = 4, PAGES = 16 };

static long count_of(int who)
{
	struct rusage usage;

	arrange(getrusage(who, &usage) == 0);
	return usage.ru_minflt;
}

/* What the other thread has to do, and what it says of itself. */
struct work {
	pthread_barrier_t turn;
	char *area; /* ROUNDS * PAGES pages */
	long counted[ROUNDS];
	long ever;
};

static void *touch_in_turn(void *argument)
{
	struct work *work = argument;

	for (size_t round = 0; round < ROUNDS; round++) {
		pthread_barrier_wait(&work->turn);

		long before = count_of(RUSAGE_THREAD);

		store_each(page(work->area, round * PAGES), PAGES, 't');
		work->counted[round] = count_of(RUSAGE_THREAD) - before;
		pthread_barrier_wait(&work->turn);
	}
	work->ever = count_of(RUSAGE_THREAD);
	return NULL;
}

static pthread_t start(struct work *work)
{
	pthread_t thread;

	work->area = fresh_pages(ROUNDS * PAGES, MAP_PRIVATE);
	arrange(pthread_barrier_init(&work->turn, NULL, 2) == 0);
	count_of(RUSAGE_SELF);
	count_of(RUSAGE_THREAD);
	errno = pthread_create(&thread, NULL, touch_in_turn, work);
	arrange(errno == 0);
	return thread;
}

CLAIM(who_touches_is_charged, "rusage-01",
      "Pages that a thread touches count in its RUSAGE_THREAD and in RUSAGE_SELF, not in another's",
      .needs = FAULT_COUNTS)
{
	static struct work work;
	pthread_t thread = start(&work);

	for (size_t round = 0; round < ROUNDS; round++) {
		long self = count_of(RUSAGE_SELF), mine = count_of(RUSAGE_THREAD);

		pthread_barrier_wait(&work.turn);
		pthread_barrier_wait(&work.turn);
		self = count_of(RUSAGE_SELF) - self;
		mine = count_of(RUSAGE_THREAD) - mine;
		if (round > 0) {
			assert_equals(work.counted[round], PAGES, "the other's RUSAGE_THREAD");
			assert_equals(mine, 0, "the RUSAGE_THREAD of who waits");
			assert_equals(self, PAGES, "RUSAGE_SELF");
		}
	}
	arrange(pthread_join(thread, NULL) == 0);
}

CLAIM(what_an_ended_thread_has_counted_stays, "rusage-02",
      "The faults of a thread that has ended stay in RUSAGE_SELF, and come to no other thread",
      .needs = FAULT_COUNTS)
{
	static struct work work;
	long self = count_of(RUSAGE_SELF), mine = count_of(RUSAGE_THREAD);
	pthread_t thread = start(&work);

	for (size_t turns = 0; turns < 2 * ROUNDS; turns++) {
		pthread_barrier_wait(&work.turn);
	}
	arrange(pthread_join(thread, NULL) == 0);
	self = count_of(RUSAGE_SELF) - self;
	mine = count_of(RUSAGE_THREAD) - mine;
	assert_at_least(work.ever, ROUNDS * PAGES, "what the thread had counted at last");
	assert_at_least(self, work.ever + mine, "RUSAGE_SELF when it has ended");
	assert_at_most(mine, self - ROUNDS * PAGES, "the RUSAGE_THREAD of who lives on");
}

CONTROL(a_page_is_charged_once, "rusage-01 rusage-02",
	"What one thread has touched costs the other no fault, and neither count moves",
	.needs = FAULT_COUNTS)
{
	static struct work work;
	pthread_t thread = start(&work);

	store_each(work.area, ROUNDS * PAGES, 'm');
	for (size_t round = 0; round < ROUNDS; round++) {
		long self = count_of(RUSAGE_SELF);

		pthread_barrier_wait(&work.turn);
		pthread_barrier_wait(&work.turn);
		self = count_of(RUSAGE_SELF) - self;
		if (round > 0) {
			assert_equals(work.counted[round], 0, "the other's RUSAGE_THREAD");
			assert_equals(self, 0, "RUSAGE_SELF");
		}
	}
	arrange(pthread_join(thread, NULL) == 0);
}
