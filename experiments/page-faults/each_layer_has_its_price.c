/* SPDX-License-Identifier: MIT */
/*
 * Each layer has its price
 * ========================
 *
 * "When memory feels slow, the delay may come from very different layers", says document 004 (10.1), and
 * names them. They cannot be told apart by what the program reads, only by how long it waits, and by
 * what is counted meanwhile:
 *
 *      a load that ...                       waits for                         for example
 *      meets what was used just now          the nearest cache                     1 ns
 *      needs a translation                   the page tables                      10 ns
 *      needs data that are far away          memory                              100 ns
 *      needs a frame                         the kernel: a minor fault         1 000 ns
 *      needs a page of a file or of swap     a disk: a major fault            50 000 ns
 *
 * A layer vanishes with its cause: a page that has its frame already costs no fault. The last line is
 * taken up by waiting_for_a_disk_takes_longer.
 *
 * Look with: a clock, as a ratio only; ru_minflt of getrusage(2).
 * Read on:   getrusage(2); document 004 section 10.1.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("Each layer has its price");

enum { PAGES = 256, MANY = 16 * 1024 };

struct pages_to_touch {
	char *absent, *present, *many;
};

static void give_back(void *context)
{
	struct pages_to_touch *pages = context;

	arrange(madvise(pages->absent, PAGES * page_size(), MADV_DONTNEED) == 0);
}

static void give_back_and_populate(void *context)
{
	struct pages_to_touch *pages = context;

	give_back(context);
	store_each(pages->absent, PAGES, 'p');
}

static void touch_absent(void *context)
{
	struct pages_to_touch *pages = context;

	store_each(pages->absent, PAGES, 'a');
}

static void touch_present(void *context)
{
	struct pages_to_touch *pages = context;

	store_each(pages->present, PAGES, 'a');
}

/* As many loads, each from a page whose translation is long forgotten. */
static void load_forgotten(void *context)
{
	struct pages_to_touch *pages = context;

	for (size_t i = 0; i < PAGES; i++) {
		load(page(pages->many, i * 4801 % MANY));
	}
}

static void forget(void *context)
{
	struct pages_to_touch *pages = context;

	load_each(pages->many, MANY);
}

static struct pages_to_touch some_pages(void)
{
	struct pages_to_touch pages = {fresh_pages(PAGES, MAP_PRIVATE),
				       filled_pages(PAGES, MAP_PRIVATE, 1),
				       fresh_pages(MANY, MAP_PRIVATE | MAP_NORESERVE)};

	load_each(pages.many, MANY);
	return pages;
}

CLAIM(a_fault_is_dearer_than_a_present_page, "perf-05",
      "Touches that need a frame take at least twice as long as touches of pages that have one",
      .needs = TIMING | FAULT_COUNTS)
{
	struct pages_to_touch pages = some_pages();
	struct race race = {.before_slow = give_back,
			    .slow = touch_absent,
			    .fast = touch_present,
			    .context = &pages,
			    .wanted = 2};
	struct race lookups = {.before_slow = forget,
			       .slow = load_forgotten,
			       .fast = touch_present,
			       .context = &pages,
			       .wanted = 1,
			       .rounds = 6};

	assert_race(&race, "256 touches of absent pages, against present ones");
	run_race(&lookups);
	evidence("nanoseconds for each page", "%.1f present, %.1f looked up, %.1f minor fault",
		 race.fast_ns / PAGES, lookups.slow_ns / PAGES, race.slow_ns / PAGES);
	give_back(&pages);
	assert_equals(faults_of(touch_absent(&pages)).minor, PAGES,
		      "minor faults of the slow touches");
	assert_equals(faults_of(touch_present(&pages)).minor, 0, "minor faults of the quick ones");
}

CONTROL(without_its_cause_the_price_is_gone, "perf-05",
	"The same pages, with frames brought beforehand, are touched as quickly as the others",
	.needs = TIMING | FAULT_COUNTS)
{
	struct pages_to_touch pages = some_pages();
	struct race race = {.before_slow = give_back_and_populate,
			    .slow = touch_absent,
			    .before_fast = touch_present,
			    .fast = touch_present,
			    .context = &pages,
			    .at_most = 5};

	assert_race(&race, "256 touches of populated pages, against present ones");
	give_back_and_populate(&pages);
	assert_equals(faults_of(touch_absent(&pages)).minor, 0, "minor faults of them");
}
