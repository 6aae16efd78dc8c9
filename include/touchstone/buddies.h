/* SPDX-License-Identifier: MIT */
/*
 * A buddy allocator as small as it is in a textbook, which gives out real address space (placement.h).
 *
 *      |               1               |          block number n has the halves 2n and 2n + 1,
 *      |       2       |       3       |          so that the buddy of n is n ^ 1
 *      |   4   |   5   |
 */
#ifndef TOUCHSTONE_BUDDIES_H
#define TOUCHSTONE_BUDDIES_H

#include <touchstone/placement.h>

enum { BUDDY_PAGES = 256 };

struct buddies {
	struct arena arena; /* the blocks that are taken */
	enum { NO_BLOCK, FREE, HALVED, TAKEN } state[2 * BUDDY_PAGES];
};

static inline void buddies_begin(struct buddies *buddies)
{
	arena_begin(&buddies->arena, BUDDY_PAGES);
	memset(buddies->state, 0, sizeof buddies->state);
	buddies->state[1] = FREE;
}

static inline size_t buddy_pages(size_t number)
{
	size_t pages = BUDDY_PAGES;

	for (; number > 1; number /= 2) {
		pages /= 2;
	}
	return pages;
}

/* Its first page: the blocks of one size are numbered from the left. */
static inline size_t buddy_place(size_t number)
{
	return number * buddy_pages(number) - BUDDY_PAGES;
}

/* The block of the arena that starts at a page, or else the hole that the page is in. */
static inline size_t buddy_in_arena(const struct buddies *buddies, size_t at)
{
	size_t i = 0;

	while (i < buddies->arena.count && buddies->arena.blocks[i].at < at) {
		i++;
	}
	return i;
}

/* The number of a block of so many pages at least, and less than twice as many; 0: none is free. */
static inline size_t take_buddy(struct buddies *buddies, size_t pages)
{
	size_t block = 0, at, hole;

	for (size_t i = 1; i < 2 * BUDDY_PAGES && buddy_pages(i) >= pages; i++) {
		block = buddies->state[i] == FREE ? i : block; /* the smallest that suffices */
	}
	if (block == 0) {
		return 0;
	}
	for (; buddy_pages(block) / 2 >= pages; block *= 2) {
		buddies->state[block] = HALVED;
		buddies->state[2 * block] = buddies->state[2 * block + 1] = FREE;
	}
	buddies->state[block] = TAKEN;
	at = buddy_place(block);
	hole = buddy_in_arena(buddies, at);
	place_block(&buddies->arena, hole, at - hole_at(&buddies->arena, hole), buddy_pages(block));
	return block;
}

static inline void give_buddy_back(struct buddies *buddies, size_t block)
{
	release_block(&buddies->arena, buddy_in_arena(buddies, buddy_place(block)));
	buddies->state[block] = FREE;
	for (; block > 1 && buddies->state[block ^ 1] == FREE; block /= 2) {
		buddies->state[block] = buddies->state[block ^ 1] = NO_BLOCK;
		buddies->state[block / 2] = FREE;
	}
}

#endif
