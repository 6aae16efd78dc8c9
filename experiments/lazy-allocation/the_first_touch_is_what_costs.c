/* SPDX-License-Identifier: MIT */
/*
 * The first touch is what costs, the second is cheap
 * ==================================================
 *
 * Document 004 (section 18.2) says that laziness saves work and reduces startup cost. The work is
 * not gone: the bill comes at the first touch of each page, and it holds a trap, a frame to be
 * found and cleared, and an entry in the page table. Thereafter the page is ordinary memory.
 *
 *      cost
 *       |                       *  first touch, by pages touched
 *       |                *
 *       |         *
 *       |  *
 *       |  .      .      .      .  touching again
 *       +----------------------------> pages
 *
 * No time is judged by itself, only two times taken in turn in one run. Where faults can be counted
 * the same is said exactly, without a clock.
 *
 * Look with: getrusage(2) ru_minflt, CLOCK_MONOTONIC.
 * Read on:   mmap(2), madvise(2) MADV_DONTNEED; document 004 sections 6.4, 18.2.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("The first touch is what costs, the second is cheap");

enum { FEW = 64, MANY = 4 * FEW, LARGE = 1024 };

/* The context of the timed functions is where the area lies. */
static void map_area(void *context)
{
	*(char **)context = mmap(NULL, LARGE * page_size(), PROT_READ | PROT_WRITE,
				 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	arrange(*(char **)context != (char *)MAP_FAILED);
}

static void fresh_area(void *context)
{
	char *old = *(char **)context;

	arrange(old == NULL || munmap(old, LARGE * page_size()) == 0);
	map_area(context);
}

static void touch_many(void *context)
{
	store_each(*(char **)context, MANY, 'x');
}

static void touch_few(void *context)
{
	store_each(*(char **)context, FEW, 'x');
}

static void touched_area(void *context)
{
	fresh_area(context);
	touch_many(context);
}

static void area_given_back(void *context)
{
	touched_area(context);
	arrange(madvise(*(char **)context, MANY * page_size(), MADV_DONTNEED) == 0);
}

CLAIM(each_page_touched_costs, "lazy-20",
      "The first touch of four times as many pages takes more than twice as long",
      .needs = TIMING | FAULT_COUNTS)
{
	char *area = NULL;
	struct race race = {fresh_area, touch_many, fresh_area, touch_few, &area, .wanted = 2};

	assert_race(&race, "first touch of 256 pages, against first touch of 64");
}

CLAIM(faults_follow_the_touches, "lazy-20 lazy-24",
      "Mapping faults not at all, a first pass over n pages n times, a second pass not at all",
      .needs = FAULT_COUNTS)
{
	size_t counts[] = {1, FEW, MANY, LARGE};
	char *area;

	map_area(&area); /* the first call of all binds mmap and store_each */
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
		assert_equals(faults_of(map_area(&area)).minor, 0, "minor faults of mmap");
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
	char *area = NULL;
	struct race race = {fresh_area, touch_many, touched_area, touch_many, &area, .wanted = 3};

	assert_race(&race, "first touch of 256 pages, against touching them again");
}

CONTROL(populated_pages_cost_no_touch, "lazy-20",
	"A first pass over pages that mmap was told to populate takes no fault at all",
	.needs = FAULT_COUNTS)
{
	char *area = fresh_pages(MANY, MAP_PRIVATE | MAP_POPULATE);

	store_each(fresh_pages(1, MAP_PRIVATE), 1, 'x'); /* once uncounted */
	assert_equals(faults_of(store_each(area, MANY, 'x')).minor, 0, "minor faults of the pass");
}

CONTROL(pages_given_back_are_slow_again, "lazy-24",
	"A second pass over pages given back takes three times as long as over pages kept",
	.needs = TIMING | FAULT_COUNTS)
{
	char *area = NULL;
	struct race race = {area_given_back, touch_many, touched_area,
			    touch_many,      &area,      .wanted = 3};

	assert_race(&race, "touching 256 pages given back, against touching them again");
	area_given_back(&area);
	assert_equals(faults_of(touch_many(&area)).minor, MANY, "minor faults of pages given back");
}
