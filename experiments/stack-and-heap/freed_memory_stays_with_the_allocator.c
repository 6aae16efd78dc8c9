/* SPDX-License-Identifier: MIT */
/*
 * Freed memory stays with the allocator
 * =====================================
 *
 * "A call to free may not immediately return memory to the OS", says document 004 (4.4): "the OS may
 * still show the process holding substantial memory", and "nothing is necessarily wrong". A heap
 * ends in one place, the break, which cannot fall below the last live object. Below that there
 * could only be holes, and free digs none. glibc does so when asked:
 *
 *      [heap]    |...........................|L|     all free but the last: all resident
 *      after malloc_trim(0)
 *                |.                         .|L|     the same heap with a hole of no frames
 *      after free of the last
 *                |<- break
 *
 * Look with: /proc/self/pagemap (present), sbrk(0).
 * Read on:   malloc_trim(3), mallopt(3) M_TRIM_THRESHOLD; document 004 sections 4.4 and 20.5.
 */
#include <malloc.h>
#include <stdlib.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Freed memory stays with the allocator");

enum { BLOCK = 4000, BLOCKS = 1000, PIN = 3000, TRIM = 128 * 1024 };

static char *blocks[BLOCKS], *pin;

/* volatile: nothing that the compiler may reason about, or leave out. */
static char *allocate(size_t length)
{
	char *volatile block = malloc(length);

	arrange(block);
	memset(block, 'x', length);
	return block;
}

/* Blocks one above the other, nearest to the break a last one that can hold all of them. */
static void fill_heap(void)
{
	char *end = sbrk(0);

#ifdef __GLIBC__
	arrange(mallopt(M_TRIM_THRESHOLD, TRIM) == 1);
#endif
	for (size_t i = 0; sbrk(0) == end; i++) { /* uses up what was free before */
		if (i > BLOCKS) {
			undecided("needs a heap that brk enlarges: raise ulimit -d");
		}
		allocate(BLOCK);
	}
	for (size_t i = 0; i < BLOCKS; i++) {
		blocks[i] = allocate(BLOCK);
	}
	pin = allocate(PIN);
	arrange(blocks[0] < blocks[BLOCKS - 1] && blocks[BLOCKS - 1] < pin);
}

/* The pages between the first block and the last one, without those that others may lie in. */
static struct pages observe_blocks(const char *label)
{
	char *first = page_of(blocks[0]) + 2 * page_size();

	return observe_pages(label, first, (size_t)(page_of(pin) - first) / page_size() - 1);
}

CLAIM(below_the_last_object_nothing_goes, "heap-05",
      "With the topmost object alive, free returns not a page of four megabytes below it",
      .needs = GNU_MALLOC | PAGE_STATES)
{
	char *end = (fill_heap(), sbrk(0));

	for (size_t i = 0; i < BLOCKS; i++) {
		free(blocks[i]);
	}

	struct pages freed = observe_blocks("freed");

	assert_equals(count_present(freed), freed.count, "pages that are still present");
	assert_address(sbrk(0), end, "the break");
	assert_all_bytes(pin, PIN, 'x', "the object kept");
}

CONTROL(without_it_the_break_falls, "heap-05",
	"When the topmost object is freed as well, the break falls, and what was there traps",
	.needs = GNU_MALLOC)
{
	char *end = (fill_heap(), sbrk(0)), *volatile stale = blocks[BLOCKS - 1];

	for (size_t i = 0; i < BLOCKS; i++) {
		free(blocks[i]);
	}
	assert_no_trap(try_load(stale));
	free(pin);
	assert_at_least(end - (char *)sbrk(0), BLOCKS * BLOCK - 2 * TRIM,
			"bytes by which the break fell");
	assert_trap(try_load(stale), SIGSEGV, SEGV_MAPERR, stale);
}

CLAIM(trimming_returns_the_pages_within, "heap-06",
      "malloc_trim returns every whole page between live objects, which stay as they are",
      .needs = GNU_MALLOC | PAGE_STATES | ADVICE)
{
	fill_heap();

	for (size_t i = 0; i < BLOCKS; i++) {
		if (i != BLOCKS / 2) {
			free(blocks[i]);
		}
	}
#ifdef __GLIBC__
	assert_equals(malloc_trim(0), 1, "whether malloc_trim has returned something");
#endif
	struct pages trimmed = observe_blocks("trimmed");
	/* A block that is kept lies in so many pages at most, the free ones beside it have headers. */
	size_t may_stay = BLOCK / page_size() + 4;

	assert_at_most(count_present(trimmed), may_stay, "pages that are still present");
	assert_at_least((char *)sbrk(0) - (pin + PIN), 0,
			"bytes from the topmost object to the break");
	assert_all_bytes(blocks[BLOCKS / 2], BLOCK, 'x', "the object kept in the middle");
	assert_all_bytes(pin, PIN, 'x', "the topmost object");
}

CONTROL(nothing_goes_untrimmed, "heap-06",
	"Where nothing was freed malloc_trim returns no page and loses no byte",
	.needs = GNU_MALLOC | PAGE_STATES)
{
	fill_heap();

#ifdef __GLIBC__
	malloc_trim(0);
#endif
	struct pages trimmed = observe_blocks("trimmed");

	assert_equals(count_present(trimmed), trimmed.count, "pages that are still present");
	for (size_t i = 0; i < BLOCKS; i++) {
		assert_all_bytes(blocks[i], BLOCK, 'x', "an object");
	}
}
