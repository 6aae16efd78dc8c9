/* SPDX-License-Identifier: MIT */
/*
 * Looking up takes time
 * =====================
 *
 * "If translation required reading several memory locations from RAM every time", says document 004
 * (8.4), "memory access would be painfully slow." It mostly does not: the translations are kept, and
 * so are parts of the way to those that are not. But who goes about at random among more
 * pages than the TLB holds pays for a look-up at nearly every step (9.3).
 *
 *      32 pages          -> one frame       the translations are kept
 *      32 Ki pages       -> one frame       nearly each has to be looked up
 *
 * To see that alone, all pages show one and the same frame, the kernel's page of zeros: the data are in
 * the fastest cache at every step, in both cases, and only the translations differ. With frames of their
 * own the data get far away as well, and the price is higher still.
 *
 * Look with: a clock, as a ratio only.
 * Read on:   document 004 sections 8.4, 9.3 and 20.2.
 */
#include <touchstone/experiment.h>

EXPERIMENT("Looking up takes time");

enum { FEW = 32, MANY = 32 * 1024, OWN = 4 * 1024, STEPS = 8192, LINE = 64 };

struct journey {
	char *area;
	size_t few, many; /* powers of two */
	unsigned long sum;
};

/* Random steps, none of which can begin before the last one's load has ended. */
static void go_about(struct journey *journey, size_t pages)
{
	uint32_t at = 1;
	size_t size = page_size();

	for (int i = 0; i < STEPS; i++) {
		size_t number = (at >> 10) & (pages - 1);
		unsigned char seen = load(journey->area + number * size + number % 8 * LINE);

		journey->sum += seen;
		at = at * 1664525 + 1013904223 + (seen & 0x80);
	}
}

static void among_many(void *context)
{
	struct journey *journey = context;

	go_about(journey, journey->many);
}

static void among_few(void *context)
{
	struct journey *journey = context;

	go_about(journey, journey->few);
}

CLAIM(a_miss_takes_longer_than_a_hit, "tlb-08",
      "With all data in one frame, random steps among many pages take half as long again as among "
      "few",
      .needs = TIMING)
{
	struct journey journey = {fresh_pages(MANY, MAP_PRIVATE | MAP_NORESERVE), FEW, MANY, 0};
	struct race race = {
		.slow = among_many, .fast = among_few, .context = &journey, .wanted = 1.5};

	load_each(journey.area, MANY);
	assert_race(&race, "random steps among 32768 pages that show one frame, against 32");
	assert_equals(journey.sum, 0, "the sum of all bytes read");
}

CLAIM(many_pages_are_slower_than_few, "tlb-06",
      "With a frame for each page, random steps among many take more than twice as long as among "
      "few",
      .needs = TIMING)
{
	struct journey journey = {fresh_pages(OWN, MAP_PRIVATE), FEW, OWN, 0};
	struct race race = {
		.slow = among_many, .fast = among_few, .context = &journey, .wanted = 2};

	store_each(journey.area, OWN, 0);
	assert_race(&race, "random steps among 4096 pages with frames, against 32");
	assert_equals(journey.sum, 0, "the sum of all bytes read");
}

CONTROL(as_many_steps_take_as_long_among_few_others, "tlb-06 tlb-08",
	"Among thirty-two other pages the same number of steps takes as long as among these",
	.needs = TIMING)
{
	struct journey journey = {fresh_pages(FEW, MAP_PRIVATE), FEW, FEW / 2, 0};
	struct race race = {
		.slow = among_many, .fast = among_few, .context = &journey, .at_most = 1.5};

	load_each(journey.area, FEW);
	assert_race(&race, "random steps among 16 pages, against 32");
	assert_equals(journey.sum, 0, "the sum of all bytes read");
}
