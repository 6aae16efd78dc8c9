/* SPDX-License-Identifier: MIT */
/*
 * A freed block is handed out again, with what is in it
 * =====================================================
 *
 * An allocator "might keep the region for reuse inside the process" (document 004, 4.4). Which freed
 * block serves the next request is its own affair: glibc takes the one freed last, whose cache
 * lines are warm; musl and hardened allocators let some time pass, so that a stale pointer
 * does not meet a new object at once. But none forgets them, or the heap would never end.
 *
 *      glibc   free A  free B  malloc -> B  malloc -> A
 *      musl    free A  free B  malloc -> C  ...  malloc -> A
 *
 * Zeros come from the kernel, with fresh pages (document 002). A block that is handed out again has
 * passed by no kernel: the former owner's bytes are in it, and in this process there are no
 * secrets. Who needs zeros says calloc, and gets them whatever was there.
 *
 * Look with: nothing but eyes.
 * Read on:   malloc(3), calloc(3), mallopt(3) M_PERTURB; documents 004 section 4.4, 002, introduction.
 */
#include <stdlib.h>

#include <touchstone/experiment.h>

EXPERIMENT("A freed block is handed out again, with what is in it");

enum { SMALL = 64, LAST = 6, ROUNDS = 10000, SECRET = 5000, MANY = 200 };

/* volatile: nothing that the compiler may reason about, or leave out. */
static char *allocate(size_t length)
{
	char *volatile block = malloc(length);

	arrange(block);
	return block;
}

CLAIM(the_last_freed_is_the_next_given, "heap-11",
      "In glibc blocks of one size come back in the opposite order in which they were freed",
      .needs = GNU_MALLOC)
{
	volatile uintptr_t freed[LAST], given[LAST];

	/* Up to 1032 bytes are kept so, and up to 516 where blocks need not lie on 16 (32-bit ARM). */
	const size_t kept = _Alignof(max_align_t) >= 16 ? 1000 : 500;

	for (size_t length = 1; length <= kept; length += 111) {
		char *blocks[LAST];

		for (size_t i = 0; i < LAST; i++) {
			blocks[i] = allocate(length);
			freed[i] = (uintptr_t)blocks[i];
		}
		for (size_t i = 0; i < LAST; i++) {
			free(blocks[i]);
		}
		for (size_t i = LAST; i-- > 0;) {
			given[i] = (uintptr_t)allocate(length);
		}
		for (size_t i = LAST; i-- > 0;) { /* not before: who asserts may free blocks, too */
			assert_address(given[i], freed[i], "the block that comes back");
		}
	}
}

CONTROL(another_size_gets_another_block, "heap-11",
	"A request of another size, and one while the block is in use, get other blocks")
{
	char *block = allocate(SMALL);
	volatile uintptr_t first = (uintptr_t)block;

	assert_differs((uintptr_t)allocate(SMALL), first, "the block given while it is in use");
	free(block);
	assert_differs((uintptr_t)allocate(8 * SMALL), first, "the block given for a larger size");
}

CLAIM(every_allocator_reuses, "heap-11",
      "Ten thousand blocks, freed one by one, lie at no more than a hundredth of as many addresses")
{
	static uintptr_t seen[ROUNDS / 100 + 1];
	size_t count = 0;

	for (size_t i = 0; i < ROUNDS && count <= ROUNDS / 100; i++) {
		char *block = allocate(SMALL);
		size_t known = 0;

		while (known < count && seen[known] != (uintptr_t)block) {
			known++;
		}
		seen[known] = (uintptr_t)block;
		count += known == count;
		free(block);
	}
	evidence("addresses", "%zu of %d", count, ROUNDS);
	assert_at_most(count, ROUNDS / 100, "different addresses");
}

CLAIM(a_reused_block_keeps_its_bytes, "heap-24",
      "In glibc a block that was freed and is given again holds most of what was written to it",
      .needs = GNU_MALLOC)
{
	static char secret[SECRET];
	char *block = allocate(SECRET);
	volatile uintptr_t first = (uintptr_t)block;
	size_t old = 0;

	pattern_bytes(secret, SECRET, 1, 0);
	write_pattern(block, SECRET, 1); /* not memset: compilers leave out what only free sees */
	free(block);
	block = allocate(SECRET);
	assert_address(block, first, "the block that comes back");
	for (size_t i = 0; i < SECRET; i++) {
		old += block[i] == secret[i];
	}
	assert_at_least(old, SECRET - 64, "bytes that are as they were left");
}

CONTROL(calloc_gives_zeros, "heap-24",
	"After as many blocks were filled and freed, all that calloc gives is zero in every byte")
{
	for (size_t length = 1; length <= SECRET; length = length * 3 + 1) {
		char *blocks[MANY];

		for (size_t i = 0; i < MANY; i++) {
			blocks[i] = allocate(length);
			write_pattern(blocks[i], length, 1);
		}
		for (size_t i = 0; i < MANY; i++) {
			free(blocks[i]);
		}
		for (size_t i = 0; i < MANY; i++) {
			char *volatile block = calloc(length, 1);

			arrange(block);
			assert_all_bytes(block, length, 0, "a block of calloc");
		}
	}
}
