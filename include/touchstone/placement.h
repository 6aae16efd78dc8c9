/* SPDX-License-Identifier: MIT */
/*
 * Where a block is put: placement policies, as small as they are in a textbook.
 *
 * An arena is a stretch of real address space, nothing mapped in it at first. A block in it is a mapping of
 * so many pages, a hole is what lies between two blocks. The policy names a hole; the kernel is then asked
 * to map the block just there and to replace nothing (MAP_FIXED_NOREPLACE). So whoever errs about what
 * is free, the policy or the kernel, is contradicted by the other.
 *
 *     |##|....|###|..|#|.......|##|......|      3 pages
 *         first                 worst: the largest
 *                                  best: the smallest that suffices
 *
 * Nothing is ever written to a block: it costs addresses only.
 */
#ifndef TOUCHSTONE_PLACEMENT_H
#define TOUCHSTONE_PLACEMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>

#include <touchstone/expect.h>
#include <touchstone/memory.h>
#include <touchstone/outcome.h>

#ifndef MAP_FIXED_NOREPLACE
#define MAP_FIXED_NOREPLACE 0x100000
#endif

enum placement { FIRST_FIT, BEST_FIT, WORST_FIT };

enum { MOST_BLOCKS = 512 };
#define NO_HOLE ((size_t)-1)

/* All in pages; blocks in the order of their addresses. */
struct arena {
	char *start;
	size_t pages;
	struct block {
		size_t at, pages;
	} blocks[MOST_BLOCKS];
	size_t count;
	size_t taken;            /* the pages of all blocks */
	unsigned long looks;     /* at how many holes the policy has looked */
	unsigned long requests;  /* and for how many requests */
	unsigned long long seed; /* of the traffic */
};

static inline void arena_begin(struct arena *arena, size_t pages)
{
	*arena = (struct arena){.start = reserve(pages), .pages = pages, .seed = 1};
	arrange(munmap(arena->start, pages * page_size()) == 0);
}

/* Hole number i lies before block number i, the last one behind all blocks. It may be of no page. */
static inline size_t hole_at(const struct arena *arena, size_t i)
{
	return i == 0 ? 0 : arena->blocks[i - 1].at + arena->blocks[i - 1].pages;
}

static inline size_t hole_pages(const struct arena *arena, size_t i)
{
	return (i == arena->count ? arena->pages : arena->blocks[i].at) - hole_at(arena, i);
}

/* The hole that the policy takes for so many pages, NO_HOLE where none suffices. */
static inline size_t choose_hole(struct arena *arena, enum placement policy, size_t pages)
{
	size_t chosen = NO_HOLE, its = 0;

	arena->requests++;
	for (size_t i = 0; i <= arena->count; i++) {
		size_t has = hole_pages(arena, i);

		arena->looks += has > 0;
		if (has < pages || has == 0) {
			continue;
		}
		if (policy == FIRST_FIT) {
			return i;
		}
		if (chosen == NO_HOLE || (policy == BEST_FIT ? has < its : has > its)) {
			chosen = i;
			its = has;
		}
	}
	return chosen;
}

/* A block of so many pages, so far behind the start of a hole. */
static inline void place_block(struct arena *arena, size_t hole, size_t behind, size_t pages)
{
	size_t at = hole_at(arena, hole) + behind;
	char *wanted = page(arena->start, at);
	char *got = mmap(wanted, pages * page_size(), PROT_NONE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);

	arrange(got != MAP_FAILED || errno == EEXIST);
	if (got != wanted) {
		assert_address(got, wanted, "where a block lies that fits a hole");
	}
	arrange(arena->count < MOST_BLOCKS);
	memmove(arena->blocks + hole + 1, arena->blocks + hole,
		(arena->count - hole) * sizeof *arena->blocks);
	arena->blocks[hole] = (struct block){at, pages};
	arena->count++;
	arena->taken += pages;
}

static inline void release_block(struct arena *arena, size_t number)
{
	struct block gone = arena->blocks[number];

	arrange(munmap(page(arena->start, gone.at), gone.pages * page_size()) == 0);
	arena->count--;
	arena->taken -= gone.pages;
	memmove(arena->blocks + number, arena->blocks + number + 1,
		(arena->count - number) * sizeof *arena->blocks);
}

/* Places a block by the policy, and tells where; NO_HOLE where it found no hole. */
static inline size_t request_pages(struct arena *arena, enum placement policy, size_t pages)
{
	size_t hole = choose_hole(arena, policy, pages);

	if (hole == NO_HOLE) {
		return NO_HOLE;
	}
	place_block(arena, hole, 0, pages);
	return arena->blocks[hole].at;
}

/* The kernel sees the same holes: mincore(2) says ENOMEM of just the pages that are free. */
static inline void assert_holes_are_real(const struct arena *arena)
{
	for (size_t i = 0, number = 0; number < arena->pages; number++) {
		unsigned char there;
		bool taken, mapped = mincore(page(arena->start, number), 1, &there) == 0;

		while (i < arena->count && number >= arena->blocks[i].at + arena->blocks[i].pages) {
			i++;
		}
		taken = i < arena->count && number >= arena->blocks[i].at;
		if (mapped != taken) {
			evidence("page", "%zu of the arena", number);
			assert_equals(mapped, taken, "whether the page is mapped");
		}
	}
}

/* The next random number of the traffic, below bound; the same ones on every machine. */
static inline size_t arena_random(struct arena *arena, size_t bound)
{
	arena->seed = arena->seed * 6364136223846793005ULL + 1442695040888963407ULL;
	return (size_t)((arena->seed >> 33) % bound);
}

/*
 * One request of smallest to largest pages. Random blocks go before it, so that no more than limit pages are
 * taken, and until a hole suffices.
 */
static inline void arena_step(struct arena *arena, enum placement policy, size_t smallest,
			      size_t largest, size_t limit)
{
	size_t pages = smallest + arena_random(arena, largest - smallest + 1);

	while (arena->taken + pages > limit || request_pages(arena, policy, pages) == NO_HOLE) {
		release_block(arena, arena_random(arena, arena->count));
	}
}

#endif
