/* SPDX-License-Identifier: MIT */
/*
 * Free neighbours become one block
 * ================================
 *
 * A block cannot be moved: the program has its address. So all that an allocator can do against
 * fragmentation (document 004, 13.4) is to choose well and to forget borders. glibc does both. Two
 * free blocks side by side are one free block, large enough for what neither could hold:
 *
 *      | free 2000 | free 2000 |##|      malloc(3900) -> here
 *      | free 2000 |##|free 2000 |       malloc(3900) -> elsewhere
 *
 * And of free blocks of several sizes it takes the smallest that will do, the "best fit" that document
 * 004 (4.1) knows from the days of contiguous allocation:
 *
 *      | free 5000 |##| free 3000 |##| free 4000 |##|      malloc(2900) -> the 3000
 *
 * Look with: the addresses that malloc answers with.
 * Read on:   malloc(3); document 004 sections 4.1, 4.4 and 13.4.
 */
#include <stdlib.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Free neighbours become one block");

/* All of these are too large for the lists from which blocks come back as they are. */
enum { BARRIER = 1500, HALF = 2000, BOTH = 3900, NEEDED = 2900, LIMIT = 16 * 1024 * 1024 };

/* volatile: nothing that the compiler may reason about, or leave out. */
static char *allocate(size_t length)
{
	char *volatile block = malloc(length);

	arrange(block);
	return block;
}

/* Afterwards what is allocated here lies side by side below the break, for no free block suffices. */
static void use_up_free_blocks(void)
{
	char *end = sbrk(0);

	for (size_t used = 0; sbrk(0) == end; used += BARRIER) {
		if (used > LIMIT) {
			undecided("needs a heap that brk enlarges: raise ulimit -d");
		}
		allocate(BARRIER);
	}
}

/* Frees one block for each length, between others that stay; the addresses of the free ones. */
static void make_holes(const size_t *lengths, size_t count, volatile uintptr_t *holes)
{
	char *blocks[8];

	for (size_t i = 0; i < count; i++) {
		blocks[i] = allocate(lengths[i]);
		holes[i] = (uintptr_t)blocks[i];
		allocate(BARRIER);
	}
	for (size_t i = 0; i < count; i++) {
		free(blocks[i]);
	}
}

CLAIM(neighbours_serve_what_neither_could, "heap-12",
      "Two free blocks side by side serve a request that neither could, whichever was freed first",
      .needs = GNU_MALLOC)
{
	for (int order = 0; order < 2; order++) {
		use_up_free_blocks();

		char *low = allocate(HALF), *high = allocate(HALF);
		volatile uintptr_t first = (uintptr_t)low;

		allocate(BARRIER);
		arrange(low < high);
		free(order ? low : high);
		free(order ? high : low);

		char *both = allocate(BOTH);

		assert_address(both, first, "the block that spans the two");
		memset(both, 'b', BOTH);
	}
}

CONTROL(a_live_block_keeps_them_apart, "heap-12",
	"With a live block between them they do not, and each serves a request of its own size",
	.needs = GNU_MALLOC)
{
	const size_t lengths[] = {HALF, HALF};
	volatile uintptr_t holes[2];

	use_up_free_blocks();
	make_holes(lengths, 2, holes);

	uintptr_t elsewhere = (uintptr_t)allocate(BOTH), one = (uintptr_t)allocate(HALF),
		  other = (uintptr_t)allocate(HALF);

	assert_at_least(elsewhere - (holes[1] + HALF + BARRIER), 0,
			"bytes from the holes up to the block that fits in neither");
	assert_equals((one == holes[0] && other == holes[1]) ||
			      (one == holes[1] && other == holes[0]),
		      true, "whether smaller blocks fill the holes");
}

CLAIM(the_smallest_that_suffices_is_chosen, "heap-13",
      "Of several free blocks glibc takes the smallest that suffices, in whichever order they lie",
      .needs = GNU_MALLOC)
{
	const size_t orders[][3] = {{5000, 3000, 4000}, {3000, 4000, 5000}, {5000, 4000, 3000}};

	for (size_t i = 0; i < 3; i++) {
		volatile uintptr_t holes[3];
		size_t smallest = i == 0 ? 1 : i == 1 ? 0 : 2;

		use_up_free_blocks();
		make_holes(orders[i], 3, holes);
		assert_address(allocate(NEEDED), holes[smallest], "the block of 3000 bytes");
	}
}

CONTROL(a_smaller_hole_is_not_chosen, "heap-13",
	"A free block that is smaller than the request is passed over for the next one up",
	.needs = GNU_MALLOC)
{
	const size_t lengths[] = {5000, 2000, 4000};
	volatile uintptr_t holes[3];

	use_up_free_blocks();
	make_holes(lengths, 3, holes);
	assert_address(allocate(NEEDED), holes[2], "the block of 4000 bytes");
	assert_address(allocate(HALF), holes[1], "the block of 2000 bytes, asked for afterwards");
}
