/* SPDX-License-Identifier: MIT */
/*
 * Who sleeps on a futex is found by the object, not by the address
 * ================================================================
 *
 * Every lock of the C library sleeps on a futex: a word in memory, on which the kernel lets a thread
 * sleep until somebody else says that the word has changed. For processes that share memory the
 * kernel has to know that two addresses are one word. So it goes by the object that is mapped there
 * and by the offset in it. A private futex goes by the address alone, which is quicker, and
 * reaches nobody in another process.
 *
 *      A at 0x7f10...40 ---\                                   /--- B sleeps at 0x7e84...40
 *                           [ object, offset 0x40 ] <---------/
 *      FUTEX_WAKE wakes B
 *
 * Look with: how many threads FUTEX_WAKE says it has woken. That B sleeps is known from
 *            FUTEX_CMP_REQUEUE, which counts sleepers without waking them.
 * Read on:   futex(2), futex(7); document 004 section 15.3.
 */
#include <errno.h>
#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/experiment.h>

/* The seconds and nanoseconds that the kernel's futex takes, whatever time_t is. */
#ifdef SYS_futex
typedef long futex_time;
#else
#define SYS_futex SYS_futex_time64 /* 32 bits, but no old programs */
typedef long long futex_time;
#endif

EXPERIMENT("Who sleeps on a futex is found by the object, not by the address");

enum { ATTEMPTS = 100, PATIENCE = 10 /* seconds that nobody waits, unless something is broken */ };

struct futexes {
	_Atomic int word, elsewhere;
};

static struct futexes *mapped(int fd)
{
	return (struct futexes *)fresh_mapping(1, MAP_SHARED, fd);
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
static long sleepers(struct futexes *futexes)
{
	long moved = syscall(SYS_futex, &futexes->word, FUTEX_CMP_REQUEUE, 0, 1,
			     &futexes->elsewhere, 0);

	syscall(SYS_futex, &futexes->elsewhere, FUTEX_CMP_REQUEUE, 0, 1, &futexes->word, 0);
	return moved;
}

/*
 * Asks for one to be woken: how many were. A sleeper may leave the list for a moment and come back, for a late wake-up
 * that was meant for something else ("spurious", futex(2)): so it is asked more than once.
 */
static long wake(struct futexes *futexes, int operation)
{
	long woken = 0;

	for (int attempt = 0; attempt < ATTEMPTS && woken == 0; attempt++) {
		long asleep = sleepers(futexes);

		while (asleep != 1 && time_is_left()) {
			sched_yield();
			asleep = sleepers(futexes);
		}
		if (asleep != 1) {
			assert_equals(asleep, 1, "threads of the other process that sleep");
		}
		woken = syscall(SYS_futex, &futexes->word, operation, 1, NULL, NULL, 0);
	}
	return woken;
}

/* The child sleeps, by a thread, in its own mapping; the parent wakes it in its own. */
static long wake_another_process(int operation)
{
	int fd = memory_file(1, 1);
	struct futexes *futexes = mapped(fd);
	struct child other;
	long woken;

	memset(futexes, 0, sizeof *futexes);
	START_CHILD(other) {
		struct sleeper self = {.word = &mapped(fd)->word};
		pthread_t thread;

		arrange(pthread_create(&thread, NULL, sleep_on_word, &self) == 0);
		hand_over();
		pthread_join(thread, NULL);
		assert_equals(self.error, 0, "the error with which the sleep has ended");
	}
	woken = wake(futexes, operation);
	if (woken != 1) {
		wake(futexes, FUTEX_WAKE);
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

CLAIM(the_word_is_looked_at_by_the_kernel, "share-05",
      "FUTEX_WAIT does not sleep where another process has changed the word already: EAGAIN")
{
	int fd = memory_file(1, 1);
	struct futexes *futexes = mapped(fd);
	struct sleeper self = {.word = &futexes->word};

	atomic_store(&futexes->word, 0);
	IN_CHILD {
		atomic_store(&mapped(fd)->word, 1);
	}
	sleep_on_word(&self);
	assert_equals(self.error, EAGAIN, "the error with which the sleep has ended");
}

CONTROL(a_private_futex_wakes_nobody_else, "share-05",
	"With FUTEX_PRIVATE_FLAG the same call wakes nobody, while that thread sleeps")
{
	assert_equals(wake_another_process(FUTEX_WAKE | FUTEX_PRIVATE_FLAG), 0,
		      "threads that were woken");
}
