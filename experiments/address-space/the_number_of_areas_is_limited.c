/* SPDX-License-Identifier: MIT */
/*
 * The number of areas is limited
 * ==============================
 *
 * mmap and mprotect can say ENOMEM although memory is plentiful. Each area costs the kernel an
 * object that cannot be swapped, so there is a limit to their number, vm.max_map_count. A
 * program that gives every second page other rights, as some garbage collectors and sandboxes
 * do, meets it sooner than it thinks: the limit is usually 65530.
 *
 *      |r|-|r|-|r|-|r|-|r|-|r|-|r|-|r|  ...        each border makes one area more
 *      mprotect, until max_map_count areas    ->   ENOMEM
 *
 * Everything goes on that needs no area more: pages are touched, rights are given to whole
 * areas. And as soon as two areas have become one again, there is room for another.
 *
 * Look with: errno; /proc/self/maps, whose lines are counted; /proc/sys/vm/max_map_count.
 * Read on:   mprotect(2), mmap(2) "ENOMEM", proc(5); documents 003, 004 section 13.4.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("The number of areas is limited");

enum { MOST = 100000, SLACK = 2, PATIENCE = 50 };

static size_t limit_of_areas(void)
{
	char text[32] = "";
	int fd = open("/proc/sys/vm/max_map_count", O_RDONLY | O_CLOEXEC);

	if (fd < 0 || read(fd, text, sizeof text - 1) <= 0) {
		undecided("needs /proc/sys/vm/max_map_count: mount /proc");
	}
	arrange(close(fd) == 0);

	size_t limit = strtoul(text, NULL, 10);

	if (limit > MOST) {
		undecided("needs a limit that can be met quickly: a vm.max_map_count up to 100000");
	}
	return limit;
}

/* Lines of the map, but for [vsyscall], which is no area of this process. */
static size_t lines_of_map(void)
{
	static char text[64 * 1024];
	static const char alien[] = "[vsyscall]\n";
	size_t lines = 0, matched = 0;
	ssize_t got;
	int fd = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);

	arrange(fd >= 0);
	while ((got = read(fd, text, sizeof text)) > 0) {
		for (ssize_t i = 0; i < got; i++) {
			lines += text[i] == '\n';
			matched = text[i] == alien[matched] ? matched + 1 : text[i] == alien[0];
			if (!alien[matched]) {
				lines--;
				matched = 0;
			}
		}
	}
	arrange(got == 0 && close(fd) == 0);
	return lines;
}

/* Untouched pages, of which every second gets the right to be read until that is refused. */
static size_t cut_until_refused(char *area, size_t count)
{
	size_t cuts = 0;

	while (2 * cuts + 1 < count &&
	       mprotect(page(area, 2 * cuts + 1), page_size(), PROT_READ) == 0) {
		cuts++;
	}
	return cuts;
}

CLAIM(the_limit_is_met_exactly, "vma-10",
      "mprotect says ENOMEM when the map has as many areas as vm.max_map_count, and so does mmap",
      .needs = AREA_LIST, .seconds = PATIENCE)
{
	size_t limit = limit_of_areas(), count = limit + 4;
	char *area = reserve(count);
	size_t cuts = cut_until_refused(area, count), areas;
	char *next = page(area, 2 * cuts + 1);
	bool refused = false;

	assert_refused(mprotect(next, page_size(), PROT_READ), ENOMEM);
	assert_refused(mprotect(next, page_size(), PROT_READ), ENOMEM);
	areas = lines_of_map();
	assert_at_least(areas, limit - SLACK, "areas");
	assert_at_most(areas, limit + SLACK, "areas");
	for (int i = 0; i < SLACK && !refused; i++) { /* mmap may go one further than mprotect */
		refused = mmap(NULL, page_size(), PROT_READ, MAP_SHARED | MAP_ANONYMOUS, -1, 0) ==
			  MAP_FAILED;
	}
	assert_refused(
		mmap(NULL, page_size(), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0),
		ENOMEM);
	assert_refused(munmap(page(area, count - 2), page_size()), ENOMEM);
}

CLAIM(what_needs_no_area_goes_on, "vma-10",
      "At the limit pages are touched as ever; when two areas become one there is room again",
      .needs = AREA_LIST, .seconds = PATIENCE)
{
	size_t limit = limit_of_areas(), count = limit + 4;
	char *ready = fresh_pages(SLACK, MAP_PRIVATE), *area = reserve(count);
	size_t cuts = cut_until_refused(area, count);
	char *next = page(area, 2 * cuts + 1);

	for (int round = 0; round < 3; round++) {
		assert_refused(mprotect(next, page_size(), PROT_READ), ENOMEM);
		store_each(ready, SLACK, 's');
		assert_all_bytes(ready + 1, page_size() - 1, 0, "a page that was touched then");
		assert_accepted(mprotect(ready, SLACK * page_size(), PROT_READ | PROT_WRITE));
		assert_accepted(mprotect(page(area, 1), page_size(), PROT_NONE)); /* 3 become 1 */
		assert_accepted(mprotect(next, page_size(), PROT_READ));
		assert_accepted(mprotect(next, page_size(), PROT_NONE));
		assert_accepted(mprotect(page(area, 1), page_size(), PROT_READ));
		arrange(madvise(ready, SLACK * page_size(), MADV_DONTNEED) == 0);
	}
}

CONTROL(alike_they_are_one_area, "vma-10",
	"Pages as many that are all given the same right never meet the limit", .needs = AREA_LIST,
	.seconds = PATIENCE)
{
	size_t limit = limit_of_areas(), count = limit + 4;
	char *area = reserve(count);

	for (size_t i = 0; i < count; i++) {
		assert_accepted(mprotect(page(area, i), page_size(), PROT_READ));
	}
	assert_at_most(lines_of_map(), limit / 2, "areas");
}
