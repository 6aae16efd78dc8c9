/* SPDX-License-Identifier: MIT */
/*
 * A promise is cheap, the first touch costs, the second does not
 * ==============================================================
 *
 * Document 004 (section 18.2) says that laziness saves work and reduces startup cost. Where does
 * the work go? To mmap a thousand times more is hardly dearer, for all it writes down is where the
 * area starts and ends. The bill comes at the first touch of each page: a trap, a frame to be found
 * and cleared, an entry in the page table. Thereafter the page is ordinary memory.
 *
 *      cost
 *       |                       *  first touch, by pages touched
 *       |                *
 *       |         *
 *       |  *
 *       |  o      o      o      o  mmap, by length
 *       |  .      .      .      .  touching again
 *       +----------------------------> pages
 *
 * No time is judged by itself, only two times taken in turn in one run. Where faults can be counted
 * the same is said exactly, without a clock.
 *
 * Look with: getrusage(2) ru_minflt, CLOCK_MONOTONIC.
 * Read on:   mmap(2) MAP_POPULATE; document 001, first paragraph; document 004 sections 6.4, 18.2.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("A promise is cheap, the first touch costs, the second does not");

enum { SMALL = 1, LARGE = 1024, AREAS = 4, FEW = 64, MANY = 4 * FEW };

/* What the timed functions map, and touch. */
struct mappings {
	char *areas[AREAS];
	size_t pages; /* how long each of them is */
	int flags;    /* beside MAP_PRIVATE and MAP_ANONYMOUS */
};

static void map_areas(struct mappings *m, size_t pages)
{
	m->pages = pages;
	for (int i = 0; i < AREAS; i++) {
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

	for (int i = 0; i < AREAS && m->pages > 0; i++) {
		arrange(m->areas[i] != MAP_FAILED);
		arrange(munmap(m->areas[i], m->pages * page_size()) == 0);
	}
}

/* Here the area is mapped before, and touching it is what is timed. */
static void fresh_area(void *context)
{
	unmap(context);
	map_areas(context, MANY);
}

static void touch_many(void *context)
{
	store_each(((struct mappings *)context)->areas[0], MANY, 'x');
}

static void touch_few(void *context)
{
	store_each(((struct mappings *)context)->areas[0], FEW, 'x');
}

static void touched_area(void *context)
{
	fresh_area(context);
	touch_many(context);
}

static void area_given_back(void *context)
{
	touched_area(context);
	arrange(madvise(((struct mappings *)context)->areas[0], MANY * page_size(),
			MADV_DONTNEED) == 0);
}

CLAIM(a_longer_promise_costs_no_more, "lazy-20",
      "To map a thousand times more takes about as long, less than eight times in any case",
      .needs = TIMING)
{
	struct mappings m = {.flags = 0};
	struct race race = {unmap, map_large, unmap, map_small, &m, .at_most = 8};

	assert_race(&race, "mapping 1024 pages, against mapping one");
}

CLAIM(each_page_touched_costs, "lazy-20",
      "The first touch of four times as many pages takes more than twice as long",
      .needs = TIMING | FAULT_COUNTS)
{
	struct mappings m = {.flags = 0};
	struct race race = {fresh_area, touch_many, fresh_area, touch_few, &m, .wanted = 2};

	assert_race(&race, "first touch of 256 pages, against first touch of 64");
}

CLAIM(faults_follow_the_touches, "lazy-20 lazy-24",
      "Mapping faults not at all, a first pass over n pages n times, a second pass not at all",
      .needs = FAULT_COUNTS)
{
	struct mappings m = {.flags = 0};
	size_t counts[] = {1, FEW, MANY, LARGE};

	map_areas(&m, SMALL); /* the first call of all binds mmap and store_each */
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
		assert_equals(faults_of(map_areas(&m, LARGE)).minor, 0, "minor faults of mmap");

		char *area = m.areas[0];

		arrange(area != MAP_FAILED);
		assert_equals(faults_of(store_each(area, counts[i], 'x')).minor, counts[i],
			      "minor faults of the first pass");
		assert_equals(faults_of(store_each(area, counts[i], 'y')).minor, 0,
			      "minor faults of the second pass");
		assert_equals(faults_of(load_each(area, counts[i])).minor, 0,
			      "minor faults of the third pass");
	}
}

CLAIM(the_second_touch_is_cheap, "lazy-24",
      "A first pass over pages takes more than three times as long as a second one",
      .needs = TIMING | FAULT_COUNTS)
{
	struct mappings m = {.flags = 0};
	struct race race = {fresh_area, touch_many, touched_area, touch_many, &m, .wanted = 3};

	assert_race(&race, "first touch of 256 pages, against touching them again");
}

CONTROL(a_promise_kept_at_once_costs_by_its_length, "lazy-20",
	"With MAP_POPULATE, mapping a thousand times more takes more than eight times as long",
	.needs = TIMING | FAULT_COUNTS)
{
	struct mappings m = {.flags = MAP_POPULATE};
	struct race race = {unmap, map_large, unmap, map_small, &m, .wanted = 8};

	assert_race(&race, "populating 1024 pages, against populating one");
}

CONTROL(pages_given_back_are_slow_again, "lazy-24",
	"A second pass over pages given back in between takes three times as long as over kept "
	"ones",
	.needs = TIMING | FAULT_COUNTS)
{
	struct mappings m = {.flags = 0};
	struct race race = {area_given_back, touch_many, touched_area, touch_many, &m, .wanted = 3};

	assert_race(&race, "touching 256 pages given back, against touching them again");
	area_given_back(&m);
	assert_equals(faults_of(touch_many(&m)).minor, MANY, "minor faults of pages given back");
}
