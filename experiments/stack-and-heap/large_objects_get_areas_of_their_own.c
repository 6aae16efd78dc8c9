/* SPDX-License-Identifier: MIT */
/*
 * Large objects get areas of their own
 * ====================================
 *
 * An allocator may get pages by "brk, sbrk, or mmap depending on the platform and allocator
 * design", says document 004 (3.3). glibc takes both ways. What needs 128 KiB or more, its own
 * header included, is mapped apart; the rest lies in the heap.
 *
 *      [heap]  |##|#####|##|####|....|               one area of many objects
 *
 *      mmap    |h|######################|            an area of one object, h: its header
 *              ^ start of a page
 *
 * But the threshold learns. Who frees a mapped object will soon ask for another one like it, so glibc
 * raises the threshold to that size, and the next one comes from the heap. mallopt(3) fixes it.
 * musl maps from about the same size on, and learns nothing.
 *
 * Look with: /proc/self/maps, sbrk(0).
 * Read on:   mallopt(3) M_MMAP_THRESHOLD; document 004 sections 3.3 and 20.5.
 */
#include <malloc.h>
#include <stdlib.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Large objects get areas of their own");

enum {
	THRESHOLD = 128 * 1024,
	WORD = sizeof(size_t),
	HIGHEST = WORD == 8 ? 16 * 1024 * 1024 : 256 * 1024,
	LIMIT = 16 * 1024 * 1024
};

/* volatile: nothing that the compiler may reason about, or leave out. */
static char *allocate(size_t length)
{
	char *volatile block = malloc(length);

	arrange(block);
	return block;
}

static bool is_in_heap(const char *block)
{
	return strcmp(observe_area(block).name, "[heap]") == 0;
}

#ifdef __GLIBC__
/* The threshold stays where it is, and no free block of the heap is as large. */
static void fix_threshold(void)
{
	char *before = sbrk(0);

	arrange(mallopt(M_MMAP_THRESHOLD, THRESHOLD) == 1 && mallopt(M_TOP_PAD, 0) == 1);
	for (size_t length = 0; sbrk(0) == before; length += THRESHOLD) {
		if (length > LIMIT) {
			undecided("needs a heap that brk enlarges: raise ulimit -d");
		}
		allocate(THRESHOLD - 1024);
	}
}
#else
static void fix_threshold(void)
{
}
#endif

CLAIM(from_the_threshold_on_objects_are_mapped, "heap-03",
      "A block that needs 128 KiB with its header lies at the start of an area outside the heap",
      .needs = GNU_MALLOC | AREA_LIST)
{
	fix_threshold();

	char *end = sbrk(0);

	for (size_t length = THRESHOLD - WORD; length <= 8 * THRESHOLD; length *= 2) {
		char *block = allocate(length);

		assert_address(sbrk(0), end, "the break");
		assert_equals(is_in_heap(block), false, "whether the block is in the heap");
		assert_equals(is_in_heap(block + length - 1), false, "whether its last byte is");
		assert_at_most(block - page_of(block), 4 * WORD,
			       "its distance from its page's start");
	}
}

CLAIM(below_the_threshold_they_are_not, "heap-03",
      "A block that needs a little less lies in the heap, and the break moves for it",
      .needs = GNU_MALLOC | AREA_LIST)
{
	fix_threshold();
	for (int round = 0; round < 3; round++) {
		char *end = sbrk(0), *block = allocate(THRESHOLD - WORD - 16);

		assert_at_least((char *)sbrk(0) - end, THRESHOLD - page_size(),
				"bytes by which the break moved");
		assert_equals(is_in_heap(block), true, "whether the block is in the heap");
	}
}

/* The shortest block, of lengths doubled, that the heap does not take. */
static size_t first_mapped_length(void)
{
	for (size_t length = THRESHOLD; length <= HIGHEST; length *= 2) {
		char *block = allocate(length);
		bool in_heap = is_in_heap(block);

		if (!in_heap) {
			free(block);
			return length;
		}
	}
	undecided("needs a threshold that has not been raised before");
}

CLAIM(the_threshold_learns, "heap-04",
      "Once a mapped block has been freed, the next block of its size lies in the heap",
      .needs = GNU_MALLOC | AREA_LIST)
{
	size_t length = first_mapped_length();

	for (int round = 0; round < 3; round++) {
		char *block = allocate(length);

		assert_equals(is_in_heap(block), true, "whether the block is in the heap");
		free(block);
	}
}

CONTROL(a_fixed_threshold_does_not, "heap-03 heap-04",
	"With a threshold that mallopt has fixed the next block of that size is mapped again",
	.needs = GNU_MALLOC | AREA_LIST)
{
	fix_threshold();
	for (int round = 0; round < 3; round++) {
		char *block = allocate(2 * THRESHOLD);

		assert_equals(is_in_heap(block), false, "whether the block is in the heap");
		free(block);
	}
}
