/* SPDX-License-Identifier: MIT */
/*
 * A lock in shared memory is one lock for all
 * ===========================================
 *
 * A mutex is a few bytes. Put into shared memory and declared process-shared, the same few bytes serve
 * processes that know nothing of each other, at whatever address each of them has mapped them. For
 * that the kernel has to know who sleeps on which bytes: a futex is found by the page of the
 * object and the offset in it, not by its address. A private futex is found by its address alone, which is
 * quicker, and reaches nobody in another process.
 *
 *      A at 0x7f10...40 ---\                                   /--- B sleeps at 0x7e84...40
 *                           [ object, offset 0x40 ] <---------/
 *      FUTEX_WAKE wakes B
 *
 * Look with: EBUSY and EAGAIN of the trying calls, and how many FUTEX_WAKE says it has woken.
 * Read on:   futex(2), pthread_mutexattr_setpshared(3), sem_init(3); document 004 section 15.3.
 */
#include <errno.h>
#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>

#include <touchstone/experiment.h>

/* The seconds and nanoseconds that the kernel's futex takes, whatever time_t is. */
#ifdef SYS_futex
typedef long futex_time;
#else
#define SYS_futex SYS_futex_time64 /* 32 bits, but no old programs */
typedef long long futex_time;
#endif

EXPERIMENT("A lock in shared memory is one lock for all");

enum { PATIENCE = 10 }; /* seconds that nobody waits, unless something is broken */

struct locks {
	pthread_mutex_t mutex;
	sem_t semaphore;
	_Atomic int word, elsewhere; /* futexes */
};

static struct locks *mapped(int fd)
{
	return (struct locks *)fresh_mapping(1, MAP_SHARED, fd);
}

static int lock_file(void)
{
	int fd = memory_file(1, 1);

	memset(mapped(fd), 0, sizeof(struct locks));
	return fd;
}

CLAIM(a_shared_mutex_excludes_the_other_process, "share-05",
      "While one process holds a process-shared mutex the other gets EBUSY, elsewhere mapped")
{
	int fd = lock_file();
	struct locks *locks = mapped(fd);
	pthread_mutexattr_t shared;
	struct child other;

	arrange(pthread_mutexattr_init(&shared) == 0);
	arrange(pthread_mutexattr_setpshared(&shared, PTHREAD_PROCESS_SHARED) == 0);
	arrange(pthread_mutex_init(&locks->mutex, &shared) == 0);
	START_CHILD(other) {
		struct locks *own = mapped(fd);

		assert_differs((intptr_t)own, (intptr_t)locks, "the address in the child");
		assert_equals(pthread_mutex_trylock(&own->mutex), 0, "the child's first attempt");
		hand_over();
		assert_equals(pthread_mutex_unlock(&own->mutex), 0, "the child unlocks");
		hand_over();
		assert_equals(pthread_mutex_trylock(&own->mutex), EBUSY, "its second attempt");
	}
	assert_equals(pthread_mutex_trylock(&locks->mutex), EBUSY, "the parent's first attempt");
	give_turn(&other);
	assert_equals(pthread_mutex_trylock(&locks->mutex), 0, "its second, after the unlock");
	end_child(&other);
}

CLAIM(a_shared_semaphore_counts_for_both, "share-05",
      "What one process posts the other takes, once each, and then gets EAGAIN")
{
	int fd = lock_file();
	struct locks *locks = mapped(fd);
	struct child other;

	arrange(sem_init(&locks->semaphore, 1, 0) == 0);
	START_CHILD(other) {
		struct locks *own = mapped(fd);

		assert_refused(sem_trywait(&own->semaphore), EAGAIN);
		hand_over();
		assert_accepted(sem_trywait(&own->semaphore));
		assert_accepted(sem_trywait(&own->semaphore));
		assert_refused(sem_trywait(&own->semaphore), EAGAIN);
		assert_accepted(sem_post(&own->semaphore));
	}
	assert_accepted(sem_post(&locks->semaphore));
	assert_accepted(sem_post(&locks->semaphore));
	end_child(&other);
	assert_accepted(sem_trywait(&locks->semaphore));
	assert_refused(sem_trywait(&locks->semaphore), EAGAIN);
}

struct sleeper {
	_Atomic int *word;
	int error; /* 0: it was woken */
};

static void *sleep_on_word(void *argument)
{
	struct sleeper *self = argument;
	futex_time patience[2] = {PATIENCE, 0};

	self->error = syscall(SYS_futex, self->word, FUTEX_WAIT, 0, patience, NULL, 0) ? errno : 0;
	return NULL;
}

/* How many sleep on the word: they are moved to another one, and back again. */
static long sleepers(struct locks *locks)
{
	long moved = syscall(SYS_futex, &locks->word, FUTEX_CMP_REQUEUE, 0, 1, &locks->elsewhere,
			     0);

	syscall(SYS_futex, &locks->elsewhere, FUTEX_CMP_REQUEUE, 0, 1, &locks->word, 0);
	return moved;
}

/* The child sleeps, by a thread, in its own mapping; the parent wakes it in its own. */
static long wake_another_process(int operation)
{
	int fd = lock_file();
	struct locks *locks = mapped(fd);
	struct child other;
	long woken;

	START_CHILD(other) {
		struct sleeper self = {.word = &mapped(fd)->word};
		pthread_t thread;

		arrange(pthread_create(&thread, NULL, sleep_on_word, &self) == 0);
		hand_over();
		pthread_join(thread, NULL);
		assert_equals(self.error, 0, "the error with which the sleep has ended");
	}
	for (time_t end = time(NULL) + PATIENCE; sleepers(locks) < 1 && time(NULL) <= end;) {
		sched_yield();
	}
	woken = syscall(SYS_futex, &locks->word, operation, 1, NULL, NULL, 0);
	if (woken != 1) {
		syscall(SYS_futex, &locks->word, FUTEX_WAKE, 1, NULL, NULL, 0);
	}
	end_child(&other);
	return woken;
}

CLAIM(a_futex_wakes_across_processes, "share-05",
      "FUTEX_WAKE wakes the thread of another process that sleeps on the same bytes elsewhere")
{
	for (int i = 0; i < 2; i++) {
		assert_equals(wake_another_process(FUTEX_WAKE), 1, "threads that were woken");
	}
}

CONTROL(a_private_futex_wakes_nobody_else, "share-05",
	"With FUTEX_PRIVATE_FLAG the same call wakes nobody, while that thread sleeps")
{
	assert_equals(wake_another_process(FUTEX_WAKE | FUTEX_PRIVATE_FLAG), 0,
		      "threads that were woken");
}
