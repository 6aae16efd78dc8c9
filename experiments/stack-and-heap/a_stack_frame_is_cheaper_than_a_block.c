/* SPDX-License-Identifier: MIT */
/*
 * A stack frame is cheaper than a block of the heap
 * =================================================
 *
 * Memory on the stack "is usually just moving a stack pointer", says document 004 (3.4), and "extremely
 * cheap but limited in lifetime and size" (20.4). An allocator has to find a block, and to find
 * it again when it is freed. And a mapping for each object would be dearer still: two system calls and
 * a page fault.
 *
 *      stack frame  <  malloc and free  <<  mmap, a touch, munmap
 *
 * Look with: a clock, as a ratio only.
 * Read on:   alloca(3), malloc(3); document 004 sections 3.4 and 20.4.
 */
#include <stdlib.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("A stack frame is cheaper than a block of the heap");

enum { SIZE = 64, TIMES = 2000, MAPPINGS = 50 };

/* A function's local variable: there when it is called, gone when it returns. */
__attribute__((noinline)) static void use_frame(void)
{
	volatile char local[SIZE];

	local[0] = local[SIZE - 1] = 'l';
}

static void use_frames(void *context)
{
	(void)context;
	for (int i = 0; i < TIMES; i++) {
		use_frame();
	}
}

/* volatile: compilers leave out blocks that nobody but free sees. */
__attribute__((noinline)) static void use_block(void)
{
	char *volatile block = malloc(SIZE);

	arrange(block);
	store(block, 'b');
	store(block + SIZE - 1, 'b');
	free(block);
}

static void use_blocks(void *context)
{
	int times = context ? *(int *)context : TIMES;

	for (int i = 0; i < times; i++) {
		use_block();
	}
}

static void use_mappings(void *context)
{
	int times = *(int *)context;

	for (int i = 0; i < times; i++) {
		char *block = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
				   -1, 0);

		arrange(block != MAP_FAILED);
		store(block, 'm');
		munmap(block, SIZE);
	}
}

CLAIM(a_frame_is_cheaper_than_a_block, "heap-16",
      "To have 64 bytes on the stack takes less time than to have them from malloc",
      .needs = TIMING)
{
	struct race race = {.slow = use_blocks, .fast = use_frames, .wanted = 1.2};

	assert_race(&race, "malloc and free, against a function's local variable");
}

CONTROL(a_mapping_is_dearer_still, "heap-16",
	"To have 64 bytes in a mapping of their own takes more than twice as long as from malloc",
	.needs = TIMING)
{
	int times = MAPPINGS;
	struct race race = {
		.slow = use_mappings, .fast = use_blocks, .context = &times, .wanted = 2};

	assert_race(&race, "mmap and munmap, against malloc and free");
}
