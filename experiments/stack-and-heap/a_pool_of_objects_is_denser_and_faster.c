/* SPDX-License-Identifier: MIT */
/*
 * A pool of objects is denser and faster
 * ======================================
 *
 * "Frequent small heap allocations can create allocator overhead", says document 004 (20.3), "this is
 * why high-performance systems often use object pools, arenas, bump allocators". Where many objects
 * live and die together, a bump allocator moves a pointer through one large block. It keeps no
 * books about single objects, rounds nothing beyond what their type asks for, and frees them all at once.
 *
 *      bump     |16|16|16|16|16|16|................|
 *      malloc   |h|16|  |h|16|  |h|16|  |h|16|             h: header, and rounding
 *
 * For large objects all of this is lost in their length.
 *
 * Look with: the addresses of the objects; a clock, as a ratio only.
 * Read on:   malloc(3); document 004 sections 13.3 and 20.3.
 */
#include <malloc.h>
#include <stdlib.h>

#include <touchstone/experiment.h>

EXPERIMENT("A pool of objects is denser and faster");

enum { OBJECT = 16, OBJECTS = 20000, LARGE = 64 * 1024, MANY = 64 };

/* Objects one behind the other in one block, which the last function that uses it frees. */
struct pool {
	char *start, *next, *end;
};

static char *bump(struct pool *pool, size_t length)
{
	char *object = pool->next;

	pool->next += (length + OBJECT - 1) / OBJECT * OBJECT;
	return pool->next <= pool->end ? object : NULL;
}

static struct pool make_pool(void)
{
	struct pool pool = {.start = malloc(OBJECTS * OBJECT)};

	arrange(pool.start);
	pool.next = pool.start;
	pool.end = pool.start + OBJECTS * OBJECT;
	return pool;
}

static char *objects[OBJECTS];

/* From the lowest object to the highest, its end included. */
static size_t span(void)
{
	uintptr_t low = UINTPTR_MAX, high = 0;

	for (size_t i = 0; i < OBJECTS; i++) {
		uintptr_t at = (uintptr_t)objects[i];

		low = at < low ? at : low;
		high = at > high ? at : high;
	}
	return high - low + OBJECT;
}

static void fill_pool(void *context)
{
	struct pool *pool = context;

	pool->next = pool->start;
	for (size_t i = 0; i < OBJECTS; i++) {
		objects[i] = bump(pool, OBJECT);
		store(objects[i], 'o');
	}
}

static void fill_heap(void *context)
{
	(void)context;
	for (size_t i = 0; i < OBJECTS; i++) {
		objects[i] = malloc(OBJECT);
		arrange(objects[i]);
		store(objects[i], 'o');
	}
}

static void fill_heap_and_free(void *context)
{
	fill_heap(context);
	for (size_t i = 0; i < OBJECTS; i++) {
		free(objects[i]);
	}
}

CLAIM(a_pool_wastes_nothing, "heap-17",
      "A bump allocator needs 16 bytes for an object of 16, and malloc at least half as much again",
      .needs = LIBC_MALLOC)
{
	struct pool pool = make_pool();

	fill_pool(&pool);
	assert_equals(span(), OBJECTS * OBJECT,
		      "bytes from the first object of the pool to the last");
	fill_heap(NULL);
	assert_at_least(span(), OBJECTS * OBJECT * 3 / 2,
			"bytes from the lowest block to the highest");
}

CLAIM(a_pool_is_faster, "heap-17",
      "To fill a pool with 20000 objects takes less time than to allocate and free as many",
      .needs = TIMING)
{
	struct pool pool = make_pool();
	struct race race = {
		.slow = fill_heap_and_free, .fast = fill_pool, .context = &pool, .wanted = 1.2};

	assert_race(&race, "malloc and free for each object, against a pool");
}

CONTROL(for_large_objects_there_is_no_difference, "heap-17",
	"For objects of 64 KiB malloc sets aside at most an eighth more than their length",
	.needs = LIBC_MALLOC)
{
	size_t usable = 0;

	for (size_t i = 0; i < MANY; i++) {
		char *volatile block = malloc(LARGE);

		arrange(block);
		usable += malloc_usable_size(block);
	}
	assert_at_most(usable, MANY * (LARGE + LARGE / 8), "bytes that can be used");
}
