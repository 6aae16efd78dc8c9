/* SPDX-License-Identifier: MIT */
/*
 * The number of areas is limited
 * ==============================
 *
 * mmap, mprotect and even munmap can say ENOMEM although memory is plentiful. Each area costs the
 * kernel an object that cannot be swapped, so there is a limit to their number, vm.max_map_count,
 * usually 65530. A program that never maps anything can meet it: one page in the middle of an area
 * that gets other rights, as some garbage collectors and sandboxes do, leaves three areas, and so
 * does the attempt to get rid of that page: a hole makes two of one.
 *
 *      1 area      +------------------------------------------+
 *      + 2         +---+-+------------------------------------+     mprotect(page 1)
 *      + 2         +---+-+---+-+------------------------------+     mprotect(page 3) ...
 *      at last     ENOMEM, with memory to spare
 *
 * Everything goes on that needs no area more: pages are touched, whole areas get other rights or
 * go, borders move. And as soon as there is an area less, there is room for another.
 *
 * Look with: errno; /proc/self/maps, whose lines are counted. What is cut is never touched.
 * Read on:   mprotect(2), mmap(2) and munmap(2) "ENOMEM", proc(5); documents 003, 004 section 13.4.
 */
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("The number of areas is limited");

enum { AFFORDABLE = 70000, SLACK = 2, MORE = 64, PAGES = 5, PATIENCE = 50 };
enum { KERNELS = 16 * 1024 * 1024 }; /* the last addresses, where [vsyscall] is, no area of ours */

static size_t most_areas(void)
{
	long long most = setting_number("/proc/sys/vm/max_map_count");

	if (most < 100 || most > AFFORDABLE) {
		undecided("needs a vm.max_map_count that can be read and is below %d", AFFORDABLE);
	}
	return (size_t)most;
}

/* Of untouched pages every second gets the right to be read, until that is refused. */
static size_t cut_until_refused(char *area, size_t count)
{
	size_t cuts = 0;

	while (2 * cuts + 2 < count &&
	       mprotect(page(area, 2 * cuts + 1), page_size(), PROT_READ) == 0) {
		cuts++;
	}
	return cuts;
}

CLAIM(the_limit_is_met_exactly, "vma-10 prot-35 munmap-30",
      "At vm.max_map_count areas mprotect says ENOMEM, as do mmap, and munmap of a hole",
      .needs = AREA_LIST, .seconds = PATIENCE)
{
	size_t most = most_areas(), count = most + 8;
	char *whole = filled_pages(PAGES, MAP_PRIVATE, 1), *area = reserve(count);
	size_t before = count_areas(NULL, SIZE_MAX - KERNELS);
	size_t cuts = cut_until_refused(area, count);
	char *next = page(area, 2 * cuts + 1), *last = next - 2 * page_size();

	/* One call makes two areas; the one that fails may have made the first of its two. */
	assert_at_least(before + 2 * cuts, most - SLACK, "areas when mprotect was refused");
	assert_at_most(before + 2 * cuts, most, "areas when mprotect was refused");
	for (int round = 0; round < 3; round++) {
		assert_refused(mprotect(next, page_size(), PROT_READ), ENOMEM);
		assert_refused(mprotect(page(next, 1), page_size(), PROT_READ), ENOMEM);
		assert_trap(try_load(next), SIGSEGV, SEGV_ACCERR, next);
		assert_trap(try_load(page(next, 1)), SIGSEGV, SEGV_ACCERR, page(next, 1));
	}
	assert_no_trap(try_load(last));
	assert_trap(try_load(page(last, 1)), SIGSEGV, SEGV_ACCERR, page(last, 1));
	for (int i = 0; i < SLACK; i++) { /* mmap may go one further than mprotect */
		(void)mmap(NULL, page_size(), PROT_READ, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	}
	assert_refused(mmap(NULL, page_size(), PROT_READ, MAP_SHARED | MAP_ANONYMOUS, -1, 0),
		       ENOMEM);
	assert_refused(munmap(page(whole, 1), page_size()), ENOMEM);
	assert_refused(munmap(page(whole, 1), (PAGES - 2) * page_size()), ENOMEM);
	assert_pattern(whole, PAGES * page_size(), 1, "what was to become a hole");
	write_pattern(whole, PAGES * page_size(), 2);
}

CLAIM(what_needs_no_area_goes_on, "vma-10 prot-35 munmap-30",
      "At the limit pages are touched, areas merge, shrink and go; for each that went there is "
      "room",
      .seconds = PATIENCE)
{
	size_t count = most_areas() + 8;
	char *whole = fresh_pages(PAGES, MAP_PRIVATE), *middle = page(whole, 2);
	char *area = reserve(count), *next = page(area, 2 * cut_until_refused(area, count) + 1);

	for (int round = 0; round < 3; round++) {
		assert_refused(mprotect(next, page_size(), PROT_READ), ENOMEM);
		store_each(whole, PAGES, 's');
		assert_all_bytes(whole + 1, page_size() - 1, 0, "a page that was touched then");
		assert_accepted(mprotect(whole, PAGES * page_size(), PROT_READ | PROT_WRITE));
		assert_accepted(mprotect(page(area, 2), page_size(), PROT_READ)); /* 3 become 1 */
		assert_no_trap(try_load(page(area, 2)));
		assert_accepted(mprotect(next, page_size(), PROT_READ));
		assert_accepted(mprotect(next, page_size(), PROT_NONE));
		assert_accepted(mprotect(page(area, 2), page_size(), PROT_NONE));
		assert_trap(try_load(page(area, 2)), SIGSEGV, SEGV_ACCERR, page(area, 2));
		assert_no_trap(try_load(page(area, 3)));
		arrange(madvise(whole, PAGES * page_size(), MADV_DONTNEED) == 0);
	}
	assert_refused(mprotect(next, page_size(), PROT_READ), ENOMEM);
	write_pattern(middle, page_size(), 2);
	assert_accepted(munmap(whole, page_size()));
	assert_accepted(munmap(page(whole, PAGES - 1), page_size()));
	assert_refused(munmap(middle, page_size()), ENOMEM);
	assert_pattern(middle, page_size(), 2, "the page between");
	assert_accepted(munmap(page(area, 1), page_size())); /* all of an area */
	assert_accepted(munmap(middle, page_size()));
	assert_trap(try_load(middle), SIGSEGV, SEGV_MAPERR, middle);
	assert_no_trap(try_store(page(middle, 1), 'x'));
	assert_no_trap(try_store(middle - 1, 'x'));
}

CONTROL(alike_they_are_one_area, "vma-10 prot-35",
	"More calls than that, which give page after page the same right, are granted, all of them",
	.needs = AREA_LIST, .seconds = PATIENCE)
{
	size_t count = most_areas() / 2 + MORE, granted = 0;
	char *area = reserve(count);

	while (granted < count && mprotect(page(area, granted), page_size(), PROT_READ) == 0) {
		granted++;
	}
	assert_equals(granted, count, "calls that were granted");
	assert_equals(count_areas(area, count * page_size()), 1, "areas");
}

CONTROL(with_areas_left_a_hole_is_granted, "munmap-30",
	"A process that has areas left gets the same hole")
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

	assert_accepted(munmap(page(area, 1), (PAGES - 2) * page_size()));
	assert_trap(try_load(page(area, 1)), SIGSEGV, SEGV_MAPERR, page(area, 1));
	assert_pattern(area, page_size(), 1, "the page below the hole");
}
