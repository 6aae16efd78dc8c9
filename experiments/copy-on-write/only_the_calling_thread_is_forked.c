/* SPDX-License-Identifier: MIT */
/*
 * Only the calling thread is forked
 * =================================
 *
 * The child has all of the memory, the stacks of all threads among it, but one thread only: a
 * replica of the one that called fork. Whatever the others were doing stops in the middle. A mutex that
 * one of them held is held in the child for ever, for its owner is not there to unlock it. So a child of
 * a process with threads had better do little before it calls execve.
 *
 *      parent    T1 -- fork -------          child    T1 ------
 *                T2 -- lock -- ... unlock             (its stack, and its lock)
 *
 * Look with: tgkill(2) with signal 0, which asks whether a thread is there; pthread_mutex_trylock(3).
 * Read on:   fork(2) "The child process is created with a single thread", pthread_atfork(3);
 *            document 002 "fork revisited".
 */
#include <pthread.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Only the calling thread is forked");

enum { SIZE = 3000 };

/* A second thread, which holds a lock and has an array on its stack until it may end. */
struct second {
	pthread_t thread;
	pthread_barrier_t ready, over;
	pthread_mutex_t mutex;
	pid_t number;
	char *on_stack;
};

static struct second *second; /* in memory of its own */

static void *hold(void *nothing)
{
	char on_stack[SIZE];

	(void)nothing;
	write_pattern(on_stack, SIZE, 1);
	second->on_stack = on_stack;
	second->number = (pid_t)syscall(SYS_gettid);
	arrange(pthread_mutex_lock(&second->mutex) == 0);
	pthread_barrier_wait(&second->ready);
	pthread_barrier_wait(&second->over);
	arrange(pthread_mutex_unlock(&second->mutex) == 0);
	return NULL;
}

static void start_second(void)
{
	second = (struct second *)fresh_pages(1, MAP_PRIVATE);
	arrange(pthread_barrier_init(&second->ready, NULL, 2) == 0);
	arrange(pthread_barrier_init(&second->over, NULL, 2) == 0);
	arrange(pthread_mutex_init(&second->mutex, NULL) == 0);
	arrange(pthread_create(&second->thread, NULL, hold, NULL) == 0);
	pthread_barrier_wait(&second->ready);
}

static void end_second(void)
{
	pthread_barrier_wait(&second->over);
	arrange(pthread_join(second->thread, NULL) == 0);
}

/* Whether this process has a thread of that number. */
static long find_thread(pid_t number)
{
	return syscall(SYS_tgkill, getpid(), number, 0);
}

CLAIM(the_others_are_missing, "fork-37",
      "Of its parent's threads the child has none but the one that forked, whose number is its own")
{
	start_second();
	assert_accepted(find_thread(second->number));
	IN_CHILD {
		assert_refused(find_thread(second->number), ESRCH);
		assert_equals(syscall(SYS_gettid), getpid(), "the number of the child's thread");
		assert_accepted(find_thread(getpid()));
	}
	assert_accepted(find_thread(second->number));
	end_second();
}

CLAIM(their_memory_is_there, "fork-37",
      "What lies on the other thread's stack is in the child, though nobody stands on it")
{
	start_second();
	IN_CHILD {
		assert_pattern(second->on_stack, SIZE, 1, "the child's copy of the other's stack");
		memset(second->on_stack, 'c', SIZE);
	}
	assert_pattern(second->on_stack, SIZE, 1, "the other's stack in the parent");
	end_second();
}

CLAIM(their_locks_are_held_for_ever, "fork-37",
      "A mutex that the other thread holds is locked in the child as well")
{
	start_second();
	IN_CHILD {
		assert_equals(pthread_mutex_trylock(&second->mutex), EBUSY,
			      "what trying to lock it answers");
	}
	end_second();
}

CONTROL(in_the_parent_all_goes_on, "fork-37",
	"In the parent the other thread unlocks it, and ends, and is found no more")
{
	start_second();
	IN_CHILD {
	}
	assert_equals(pthread_mutex_trylock(&second->mutex), EBUSY,
		      "what trying to lock it answers");
	end_second();
	assert_equals(pthread_mutex_trylock(&second->mutex), 0,
		      "the same, when the other has ended");
	IN_CHILD {
		assert_equals(pthread_mutex_unlock(&second->mutex), 0, "what unlocking it answers");
		assert_equals(pthread_mutex_trylock(&second->mutex), 0, "what locking it answers");
	}
}
