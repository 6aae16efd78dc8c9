/* SPDX-License-Identifier: MIT */
/*
 * Steps of an unguarded counter are lost
 * ======================================
 *
 * "counter++" is three things: load, add, store. When two processes that share the counter both load
 * before either stores, both add to the same old value, and one of the two steps has never been. Nothing is
 * broken then; it is what was asked for. An atomic addition is one thing, which nobody comes
 * between, and a lock makes three things one for all who take it.
 *
 *      A   load 0                      store 0 + 10
 *      B             load 0                            store 0 + 1
 *      counter       0         0        10              1            ten steps lost
 *
 * By chance that happens now and then. Here the two hand over to each other, so that it happens every time.
 *
 * Look with: the counter in the end. How many steps two processes lose by chance is kept as evidence.
 * Read on:   pthread_mutex_lock(3), C11 stdatomic.h; document 004 section 15.3.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("Steps of an unguarded counter are lost");

enum { STEPS = 20000, PARENTS = 10, CHILDS = 1 };

struct counters {
	volatile int plain;
	_Atomic int atomic;
	volatile int locked;
	pthread_mutex_t lock;
};

static struct counters *shared_counters(void)
{
	struct counters *counters = (struct counters *)fresh_pages(1, MAP_SHARED);
	pthread_mutexattr_t attributes;

	arrange(pthread_mutexattr_init(&attributes) == 0);
	arrange(pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED) == 0);
	arrange(pthread_mutex_init(&counters->lock, &attributes) == 0);
	return counters;
}

static void *count(void *argument)
{
	struct counters *counters = argument;

	for (int i = 0; i < STEPS; i++) {
		counters->plain++;
		atomic_fetch_add(&counters->atomic, 1);
		pthread_mutex_lock(&counters->lock);
		counters->locked++;
		pthread_mutex_unlock(&counters->lock);
	}
	return NULL;
}

/* Parent and child count at the same time: the child by a thread, while it has handed over. */
static void count_together(struct counters *counters)
{
	struct child other;

	START_CHILD(other) {
		pthread_t thread;

		arrange(pthread_create(&thread, NULL, count, counters) == 0);
		hand_over();
		pthread_join(thread, NULL);
	}
	count(counters);
	end_child(&other);
}

CLAIM(who_stores_last_undoes_the_other, "share-04",
      "Where both have loaded before either stores, the earlier of the two stores is lost")
{
	struct counters *counters = shared_counters();
	struct child other;

	for (int i = 0; i < 3; i++) {
		counters->plain = i;
		START_CHILD(other) {
			int seen = counters->plain;

			hand_over(); /* the parent loads and stores meanwhile */
			assert_equals(counters->plain, i + PARENTS, "the counter before the store");
			counters->plain = seen + CHILDS;
		}
		counters->plain += PARENTS;
		end_child(&other);
		assert_equals(counters->plain, i + CHILDS, "the counter after both have added");
	}
}

CLAIM(atomic_steps_are_never_lost, "share-04",
      "Two processes that add atomically at the same time reach the exact sum of their steps")
{
	struct counters *counters = shared_counters();

	count_together(counters);
	assert_equals(counters->atomic, 2 * STEPS, "atomic steps counted");
	evidence("plain steps lost by chance", "%d of %d", 2 * STEPS - counters->plain, 2 * STEPS);
}

CLAIM(locked_steps_are_never_lost, "share-04",
      "Two processes that hold a shared mutex for each plain step reach the exact sum as well")
{
	struct counters *counters = shared_counters();

	count_together(counters);
	assert_equals(counters->locked, 2 * STEPS, "locked steps counted");
}

CONTROL(whole_steps_in_turn_are_not_lost, "share-04",
	"With the same hand-over, but load and store in one turn, both additions count")
{
	struct counters *counters = shared_counters();
	struct child other;

	START_CHILD(other) {
		hand_over();
		counters->plain += CHILDS;
	}
	counters->plain += PARENTS;
	end_child(&other);
	assert_equals(counters->plain, PARENTS + CHILDS, "the counter after both have added");
}
