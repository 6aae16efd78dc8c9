/* SPDX-License-Identifier: MIT */
/*
 * What is used again is cheap
 * ===========================
 *
 * "Reusing the same data soon is often faster because it is likely still cached": document 004 (20.2)
 * calls that temporal locality. It holds for data in the caches and for translations in the TLB,
 * and it does not take much of it: where nineteen accesses of twenty go to a few pages, the twentieth may
 * go anywhere.
 *
 *      each page once     1 2 3 4 5 6 7 8 9 ...            nothing is met again
 *      few, again         3 1 2 3 1 3 2 1 2 ...            all of it is near
 *      nearly always few  3 1 2 3 7 1 3 2 1 ...            most of it is
 *
 * Look with: a clock, as a ratio only.
 * Read on:   document 004 section 20.2.
 */
#include <touchstone/experiment.h>

EXPERIMENT("What is used again is cheap");

enum { PAGES = 4096, FEW = 64, ELSEWHERE = 20, LINE = 64 };

struct journey {
	char *area;
	size_t elsewhere; /* each so many steps one leaves the few */
	unsigned long sum;
};

/* As many steps as there are pages, each begun when the one before has ended. */
static void go_about(struct journey *journey, size_t pages, size_t elsewhere)
{
	uint32_t at = 1;
	size_t size = page_size();

	for (size_t i = 0; i < PAGES; i++) {
		size_t number = (at >> 4) & ((i % elsewhere == 0 ? PAGES : pages) - 1);
		unsigned char seen = load(journey->area + number * size + number % 32 * LINE);

		journey->sum += seen;
		at = at * 1664525 + 1013904223 + (uint32_t)(seen & 0x80);
	}
}

static void among_all(void *context)
{
	go_about(context, PAGES, PAGES);
}

static void among_few(void *context)
{
	struct journey *journey = context;

	go_about(journey, FEW, journey->elsewhere);
}

static struct journey all_resident(size_t elsewhere)
{
	struct journey journey = {fresh_pages(PAGES, MAP_PRIVATE), elsewhere, 0};

	for (size_t i = 0; i < PAGES; i++) {
		store(page(journey.area, i) + i % 32 * LINE, 1);
	}
	return journey;
}

CLAIM(few_pages_again_are_quicker, "perf-03",
      "As many accesses take less time when they meet few pages again than when they go among all",
      .needs = TIMING)
{
	struct journey journey = all_resident(PAGES);
	struct race race = {
		.slow = among_all, .fast = among_few, .context = &journey, .wanted = 1.5};

	assert_race(&race, "among 4096 pages, against 64 of them again and again");
	journey.sum = 0;
	among_all(&journey);
	assert_equals(journey.sum, PAGES, "pages that were met, each with its mark");
}

CONTROL(nearly_always_is_often_enough, "perf-03",
	"Where only each twentieth access goes elsewhere it takes less time, too", .needs = TIMING)
{
	struct journey journey = all_resident(ELSEWHERE);
	struct race race = {
		.slow = among_all, .fast = among_few, .context = &journey, .wanted = 1.3};

	assert_race(&race, "among 4096 pages, against 64 of them nineteen times of twenty");
}
