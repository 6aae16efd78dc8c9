/* SPDX-License-Identifier: MIT */
/*
 * Small holes serve no large request
 * ==================================
 *
 * "Free memory exists, but it is split into pieces", says document 004 (13.1), so that a request
 * fails "even though total free space is larger". Paging has freed the kernel from this, but not
 * the heap, for the addresses of a block have to follow each other, and live blocks do not move:
 *
 *      |##|..|##|..|##|..|##|..|##|..|##|         half of it is free
 *      |############|                             would fit twice, and fits nowhere
 *
 * As long as the kernel gives more, the heap grows. Where it does not (RLIMIT_AS) "a process can have
 * plenty of total reserved memory and still fail to satisfy a large request" (13.4).
 *
 * Look with: sbrk(0), and the addresses that malloc answers with.
 * Read on:   malloc(3), getrlimit(2) RLIMIT_AS; document 004 sections 13.1, 13.4 and 4.4.
 */
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Small holes serve no large request");

enum { BLOCK = 2000, BLOCKS = 1200, LARGE = 100 * 1024, REQUESTS = 4 };

static char *blocks[BLOCKS];

/* volatile: nothing that the compiler may reason about, or leave out. */
static char *allocate(size_t length)
{
	char *volatile block = malloc(length);

	arrange(block);
	return block;
}

/*
 * More than a mebibyte of free memory between or instead of live blocks, and one live block behind
 * it. What lies below the break, free as well, is less than a large request.
 */
static void free_every(size_t nth)
{
	char *end = sbrk(0);

	for (size_t i = 0; i < BLOCKS; i++) {
		blocks[i] = allocate(BLOCK);
	}
	if (sbrk(0) == end) {
		undecided("needs a heap that brk enlarges: raise ulimit -d");
	}
	for (end = sbrk(0); sbrk(0) == end; allocate(LARGE)) {
	}
	allocate(LARGE);
	for (size_t i = 0; i < BLOCKS; i += nth) {
		free(blocks[i]);
	}
}

static bool lies_among_blocks(const char *block)
{
	return (uintptr_t)block >= (uintptr_t)blocks[0] &&
	       (uintptr_t)block < (uintptr_t)blocks[BLOCKS - 1];
}

CLAIM(the_heap_grows_though_enough_is_free, "heap-14",
      "With a mebibyte free in small holes, requests of 100 KiB are served by a larger heap",
      .needs = GNU_MALLOC)
{
	free_every(2);

	char *end = sbrk(0);

	for (int i = 0; i < REQUESTS; i++) {
		assert_equals(lies_among_blocks(allocate(LARGE)), false,
			      "whether the block lies among the holes");
	}
	assert_at_least((char *)sbrk(0) - end, REQUESTS * LARGE - 2 * LARGE,
			"bytes by which the break moved");
}

CONTROL(one_hole_serves_it, "heap-14",
	"When the same blocks are free from end to end, the heap does not grow for the requests",
	.needs = GNU_MALLOC)
{
	free_every(1);

	char *end = sbrk(0);

	for (int i = 0; i < REQUESTS; i++) {
		assert_equals(lies_among_blocks(allocate(LARGE)), true,
			      "whether the block lies where the others were");
	}
	assert_address(sbrk(0), end, "the break");
}

static void allow_no_growth(void)
{
	struct rlimit limit;

	arrange(getrlimit(RLIMIT_AS, &limit) == 0);
	limit.rlim_cur = 0; /* soft only: a lowered hard limit could not be raised again */
	arrange(setrlimit(RLIMIT_AS, &limit) == 0);
}

static char *try_to_allocate(size_t length)
{
	char *volatile block = malloc(length);

	__asm__ volatile("" ::: "memory"); /* clang takes malloc to leave errno alone */
	return block;
}

CLAIM(without_growth_the_request_fails, "heap-15",
      "Where the kernel gives no more, the request fails with ENOMEM, and small ones are served",
      .needs = GNU_MALLOC)
{
	free_every(2);
	IN_CHILD {
		size_t served = 0;

		allow_no_growth();
		errno = 0;
		while (served < REQUESTS && try_to_allocate(LARGE)) {
			served++;
		}
		assert_at_most(served, 1, "requests served by what lies below the break");
		assert_equals(errno, ENOMEM, "errno");
		for (size_t i = 0; i < BLOCKS / 2; i++) {
			assert_equals(try_to_allocate(BLOCK) != NULL, true,
				      "whether a small request is served");
		}
	}
}

CONTROL(one_hole_serves_it_without_growth, "heap-15",
	"When the same blocks are free from end to end, the request is served under that limit",
	.needs = GNU_MALLOC)
{
	free_every(1);
	IN_CHILD {
		allow_no_growth();
		for (int i = 0; i < REQUESTS; i++) {
			assert_equals(lies_among_blocks(try_to_allocate(LARGE)), true,
				      "whether the block lies where the others were");
		}
	}
}
