/* SPDX-License-Identifier: MIT */
/*
 * Many objects share a page, and each of them wastes a little
 * ===========================================================
 *
 * "The OS usually deals in pages, while the allocator subdivides those pages into
 * application-sized chunks" (document 004, 3.3). It has to keep books, and to hand out addresses that
 * suit any type: "allocator metadata and size classes waste space inside pages" (13.3). So blocks
 * begin at multiples of 16 bytes on most machines, and a block of 17 bytes takes the room of 32.
 *
 *      glibc   |size|17 bytes......|size|17 bytes......|      32 bytes from one to the next
 *      bytes    0  8              32  40              64
 *
 * One great block for all of the payload wastes next to nothing.
 *
 * Look with: the addresses that malloc answers with; malloc_usable_size(3).
 * Read on:   malloc(3), malloc_usable_size(3); document 004 sections 3.3, 4.4, 13.2 and 13.3.
 */
#include <malloc.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("Many objects share a page, and each of them wastes a little");

enum {
	COUNT = 1000,
	ODD = 17,
	UNIT = _Alignof(max_align_t),
	WORD = sizeof(size_t),
	PAYLOAD = 1 << 20
};

static uintptr_t addresses[COUNT];

/* volatile: nothing that the compiler may reason about, or leave out. */
static char *allocate(size_t length)
{
	char *volatile block = malloc(length);

	arrange(block);
	return block;
}

static int by_value(const void *a, const void *b)
{
	uintptr_t left = *(const uintptr_t *)a, right = *(const uintptr_t *)b;

	return left < right ? -1 : left > right;
}

/* Addresses of so many live blocks of one length, in ascending order. */
static void allocate_many(size_t length)
{
	for (size_t i = 0; i < COUNT; i++) {
		addresses[i] = (uintptr_t)allocate(length);
	}
	qsort(addresses, COUNT, sizeof *addresses, by_value);
}

/* In how many pages the blocks begin. */
static size_t count_pages(void)
{
	size_t pages = 1;

	for (size_t i = 1; i < COUNT; i++) {
		pages += page_of((char *)addresses[i]) != page_of((char *)addresses[i - 1]);
	}
	return pages;
}

CLAIM(many_objects_share_a_page, "heap-09",
      "A thousand objects of 16 bytes lie in an eighth as many pages at most, and in none twice")
{
	size_t apart = 0;

	allocate_many(16);
	for (size_t i = 1; i < COUNT; i++) {
		apart += addresses[i] - addresses[i - 1] >= 16;
	}
	assert_equals(apart, COUNT - 1, "objects that begin behind the end of the one before");
	assert_at_most(count_pages(), COUNT / 8, "pages in which an object begins");
}

CONTROL(a_mapping_cannot_be_shared, "heap-09",
	"Objects that are mapped one by one lie in a page each")
{
	for (size_t i = 0; i < COUNT / 8; i++) {
		char *block = mmap(NULL, 16, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
				   -1, 0);

		arrange(block != MAP_FAILED);
		assert_equals(block - page_of(block), 0, "bytes from the start of its page");
	}
}

CLAIM(sizes_are_rounded_up, "heap-10",
      "Blocks suit any type, so that those of 17 bytes begin two such units apart at least")
{
	size_t aligned = 0, apart = 0;

	allocate_many(ODD);
	for (size_t i = 0; i < COUNT; i++) {
		aligned += addresses[i] % UNIT == 0;
		apart += i == 0 ||
			 addresses[i] - addresses[i - 1] >= (ODD + UNIT - 1) / UNIT * UNIT;
	}
	assert_equals(aligned, COUNT, "blocks that are aligned for any type");
	assert_equals(apart, COUNT, "blocks that lie so far apart");
}

CLAIM(each_block_has_a_header, "heap-10",
      "In glibc a block has a word in front, is rounded up with it, and all of that can be used",
      .needs = GNU_MALLOC)
{
	size_t unit = UNIT < 2 * WORD ? 2 * WORD : UNIT;

	for (size_t length = 0; length < 500; length++) {
		size_t whole = (length + WORD + unit - 1) / unit * unit;
		char *block = allocate(length), *next = allocate(length);

		whole = whole < 4 * WORD ? 4 * WORD : whole;
		assert_equals(malloc_usable_size(block), whole - WORD, "bytes that can be used");
		memset(block, 'b', whole - WORD);
		memset(next, 'n', whole - WORD);
		assert_all_bytes(block, whole - WORD, 'b', "a block, filled to that length");
		assert_equals((uintptr_t)block % unit, 0, "bytes from a multiple of the unit");
	}
}

CONTROL(one_great_block_wastes_little, "heap-10",
	"One block for a mebibyte can be used a hundredth more than asked for, at most",
	.needs = LIBC_MALLOC)
{
	char *block = allocate(PAYLOAD);
	size_t usable = malloc_usable_size(block);

	assert_at_least(usable, PAYLOAD, "bytes that can be used");
	assert_at_most(usable,
		       PAYLOAD + (PAYLOAD / 100 > page_size() ? PAYLOAD / 100 : page_size()),
		       "bytes that can be used");
}
