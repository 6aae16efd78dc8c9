/* SPDX-License-Identifier: MIT */
/*
 * Each thread may have an arena of its own
 * ========================================
 *
 * "Frequent small heap allocations can create synchronization cost", says document 004 (20.3), and
 * names arenas as a remedy. glibc has them built in. One thread has the heap below the break;
 * for each further thread, up to a number that depends on the processors, it maps another
 * heap, so that no two threads wait for each other. The price is memory that one thread has freed
 * and another cannot use.
 *
 *      first thread    [heap]  |##|##|..|<- break
 *      second thread   mmap    |##|..........|
 *      third thread    mmap    |##|..........|
 *
 * Who wants one heap for all says so: mallopt(M_ARENA_MAX, 1).
 *
 * Look with: sbrk(0), and the addresses that malloc answers with in each thread.
 * Read on:   mallopt(3) M_ARENA_MAX; document 004 sections 20.3 and 4.4.
 */
#include <malloc.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Each thread may have an arena of its own");

/* Too large for the lists that each thread has anyway; no two arenas lie nearer than APART. */
enum { BLOCK = 3000, BLOCKS = 10, MIB = 1024 * 1024, APART = sizeof(size_t) == 8 ? 64 * MIB : MIB };

/* volatile: nothing that the compiler may reason about, or leave out. */
static char *allocate(size_t length)
{
	char *volatile block = malloc(length);

	arrange(block);
	return block;
}

/* What a thread got; it lives until the end, and its arena with it. */
struct thread {
	pthread_t thread;
	char *blocks[BLOCKS];
};

static pthread_barrier_t all_have_allocated;

static void *allocate_in_thread(void *context)
{
	struct thread *own = context;

	for (size_t i = 0; i < BLOCKS; i++) {
		own->blocks[i] = allocate(BLOCK);
		memset(own->blocks[i], 't', BLOCK);
	}
	pthread_barrier_wait(&all_have_allocated);
	return NULL;
}

/* Two threads, alive at the same time, beside the first one. */
static void run_two(struct thread threads[2])
{
	char *room = mmap(NULL, 4 * (size_t)APART, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	arrange(room != MAP_FAILED && munmap(room, 4 * (size_t)APART) == 0);
	arrange(pthread_barrier_init(&all_have_allocated, NULL, 2) == 0);
	for (size_t i = 0; i < 2; i++) {
		arrange(pthread_create(&threads[i].thread, NULL, allocate_in_thread, &threads[i]) ==
			0);
	}
	for (size_t i = 0; i < 2; i++) {
		arrange(pthread_join(threads[i].thread, NULL) == 0);
	}
}

static bool is_in_heap(const char *block)
{
	return strcmp(observe_area(block).name, "[heap]") == 0;
}

CLAIM(other_threads_allocate_elsewhere, "heap-18",
      "What a second thread allocates lies outside the heap in which the first one's blocks lie",
      .needs = GNU_MALLOC | AREA_LIST)
{
	struct thread threads[2];
	char *own = allocate(BLOCK);

	run_two(threads);
	assert_equals(is_in_heap(own), true, "whether the first thread's block is in the heap");
	for (size_t i = 0; i < BLOCKS; i++) {
		assert_equals(is_in_heap(threads[0].blocks[i]), false,
			      "whether the second one's is");
		assert_equals(is_in_heap(threads[1].blocks[i]), false,
			      "whether the third one's is");
	}
	assert_equals(is_in_heap(allocate(BLOCK)), true,
		      "whether the first thread's next block is");
}

CLAIM(each_allocates_apart, "heap-18",
      "What each of two threads allocates lies together, and far from what the other one does",
      .needs = GNU_MALLOC)
{
	struct thread threads[2];

	run_two(threads);
	for (size_t i = 0; i < 2; i++) {
		for (size_t k = 1; k < BLOCKS; k++) {
			assert_equals((uintptr_t)threads[i].blocks[k] / APART,
				      (uintptr_t)threads[i].blocks[0] / APART,
				      "the arena of a thread's next block");
		}
	}
	assert_differs((uintptr_t)threads[0].blocks[0] / APART,
		       (uintptr_t)threads[1].blocks[0] / APART, "the arena of the other thread");
}

CONTROL(they_share_one_if_told_to, "heap-18",
	"With one arena for all, the threads' blocks lie in the heap, where no two overlap",
	.needs = GNU_MALLOC | AREA_LIST)
{
	struct thread threads[2];
	size_t overlaps = 0;

#ifdef __GLIBC__
	arrange(mallopt(M_ARENA_MAX, 1) == 1);
#endif
	run_two(threads);
	for (size_t i = 0; i < BLOCKS; i++) {
		assert_equals(is_in_heap(threads[0].blocks[i]), true,
			      "whether the second thread's is");
		assert_equals(is_in_heap(threads[1].blocks[i]), true,
			      "whether the third thread's is");
		assert_all_bytes(threads[0].blocks[i], BLOCK, 't', "a block of the second thread");
		for (size_t k = 0; k < BLOCKS; k++) {
			overlaps += labs(threads[0].blocks[i] - threads[1].blocks[k]) < BLOCK;
		}
	}
	assert_equals(overlaps, 0, "blocks of one thread that overlap one of the other");
}
