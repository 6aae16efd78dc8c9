/* SPDX-License-Identifier: MIT */
/*
 * A promise costs about the same at any length
 * ============================================
 *
 * Document 001 tells that a program may ask for much memory and wait for nothing. To map a thousand
 * times more is hardly dearer, for all that mmap(2) writes down is where the area starts, where it
 * ends, and what may be done there. No page is looked at, so it does not matter how many there are.
 *
 *      cost
 *       |                       *  mmap with MAP_POPULATE: the promise is kept at once
 *       |                *
 *       |         *
 *       |  *
 *       |  o      o      o      o  mmap
 *       +----------------------------> length
 *
 * No time is judged by itself, only two times taken in turn in one run.
 *
 * Look with: CLOCK_MONOTONIC.
 * Read on:   mmap(2) MAP_POPULATE; document 001, first paragraph; document 004 section 18.2.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("A promise costs about the same at any length");

enum { SMALL = 1, LARGE = 1024, AREAS = 4 };

/* What the timed functions map, and unmap. */
struct mappings {
	char *areas[AREAS];
	int count;
	size_t pages; /* how long each of them is */
	int flags;    /* beside MAP_PRIVATE and MAP_ANONYMOUS */
};

static void map_areas(struct mappings *m, size_t pages)
{
	m->pages = pages;
	for (int i = 0; i < m->count; i++) {
		m->areas[i] = mmap(NULL, pages * page_size(), PROT_READ | PROT_WRITE,
				   MAP_PRIVATE | MAP_ANONYMOUS | m->flags, -1, 0);
	}
}

static void map_large(void *context)
{
	map_areas(context, LARGE);
}

static void map_small(void *context)
{
	map_areas(context, SMALL);
}

static void unmap(void *context)
{
	struct mappings *m = context;

	for (int i = 0; i < m->count && m->pages > 0; i++) {
		arrange(m->areas[i] != MAP_FAILED);
		arrange(munmap(m->areas[i], m->pages * page_size()) == 0);
	}
}

CLAIM(a_longer_promise_costs_no_more, "lazy-20",
      "To map a thousand times more takes about as long, less than eight times in any case",
      .needs = TIMING)
{
	struct mappings m = {.count = AREAS};
	struct race race = {unmap, map_large, unmap, map_small, &m, .at_most = 8};

	assert_race(&race, "mapping 1024 pages, against mapping one");
}

CONTROL(a_promise_kept_at_once_costs_by_its_length, "lazy-20",
	"With MAP_POPULATE, mapping a thousand times more takes more than eight times as long",
	.needs = TIMING | FAULT_COUNTS)
{
	struct mappings m = {.count = 1, .flags = MAP_POPULATE};
	struct race race = {unmap, map_large, unmap, map_small, &m, .wanted = 8};

	assert_race(&race, "populating 1024 pages, against populating one");
}
