/* SPDX-License-Identifier: MIT */
/*
 * A lock in shared memory is one lock for all
 * ===========================================
 *
 * A mutex is a few bytes. Put into shared memory and declared process-shared, the same few bytes serve
 * processes that know nothing of each other, at whatever address each of them has mapped them. What
 * is in them is all there is to a lock; so it has to be free of addresses, which is what the
 * attribute PTHREAD_PROCESS_SHARED and the second argument of sem_init(3) are for.
 *
 *      A at 0x7f10...40 ---\
 *                           [ object: locked by A ] <------ B at 0x7e84...40: EBUSY
 *
 * Look with: EBUSY and EAGAIN of the calls that try and do not wait, in both processes in turn.
 * Read on:   pthread_mutexattr_setpshared(3), sem_init(3); document 004 section 15.3.
 */
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("A lock in shared memory is one lock for all");

struct locks {
	pthread_mutex_t mutex;
	sem_t semaphore;
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

CONTROL(a_lock_in_private_memory_is_two, "share-05",
	"The same mutex in private memory: after fork each process has its own, and both lock it")
{
	struct locks *locks = (struct locks *)fresh_pages(1, MAP_PRIVATE);
	pthread_mutexattr_t shared;
	struct child other;

	arrange(pthread_mutexattr_init(&shared) == 0);
	arrange(pthread_mutexattr_setpshared(&shared, PTHREAD_PROCESS_SHARED) == 0);
	arrange(pthread_mutex_init(&locks->mutex, &shared) == 0);
	arrange(sem_init(&locks->semaphore, 1, 1) == 0);
	START_CHILD(other) {
		assert_equals(pthread_mutex_trylock(&locks->mutex), 0, "the child's attempt");
		assert_accepted(sem_trywait(&locks->semaphore));
		hand_over();
	}
	assert_equals(pthread_mutex_trylock(&locks->mutex), 0, "the parent's attempt");
	assert_accepted(sem_trywait(&locks->semaphore));
	end_child(&other);
}
