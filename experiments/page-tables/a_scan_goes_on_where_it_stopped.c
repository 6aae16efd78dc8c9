/* SPDX-License-Identifier: MIT */
/*
 * A scan goes on where it stopped
 * ===============================
 *
 * The answer of PAGEMAP_SCAN may be longer than the room for it, or than one cares to wait for. So
 * the caller says how many regions there is room for, and how many pages it wants at most; the
 * kernel stops there and tells up to which address it has looked. Asked again from that address
 * it goes on, and nothing is told twice or left out.
 *
 *      the pages        o   .   o   .   o   .   o   .
 *      room for two    [0]     [2]    ^                   stopped behind 2, before 4
 *      from there on                   [4]     [6]
 *
 * Look with: nothing but its answers.
 * Read on:   the kernel's pagemap.rst, "PAGEMAP_SCAN" (Linux 6.7).
 */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <touchstone/experiment.h>
#include <touchstone/page_scan.h>

EXPERIMENT("A scan goes on where it stopped");

enum { PAGES = 64 };

/* Every second page is there. */
static char *every_second_page(void)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	for (size_t i = 0; i < PAGES; i += 2) {
		store(page(area, i), 'x');
	}
	return area;
}

static struct page_scan scan_of(const char *area, struct page_region *regions)
{
	return (struct page_scan){.size = sizeof(struct page_scan),
				  .start = (uintptr_t)area,
				  .end = (uintptr_t)page(area, PAGES),
				  .regions = (uintptr_t)regions,
				  .region_count = PAGES,
				  .wanted = PAGE_PRESENT,
				  .told = PAGE_PRESENT};
}

static int scan(struct page_scan *scan)
{
	int fd = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC), answer, error;

	arrange(fd >= 0);
	answer = ioctl(fd, SCAN_PAGES, scan);
	error = errno;
	close(fd);
	errno = error;
	return answer;
}

/* Goes on until the end is reached; each second page comes, in order, once, and no other. */
static void assert_all_come_once(const char *area, struct page_scan asked,
				 const struct page_region *regions, int at_most)
{
	size_t next = 0;

	while (asked.start < asked.end) {
		int count = (int)assert_accepted(scan(&asked));

		assert_at_most(count, at_most, "regions told at once");
		for (int i = 0; i < count; i++, next += 2) {
			assert_equals(regions[i].start - (uintptr_t)area, next * page_size(),
				      "where a region begins");
			assert_equals(regions[i].end - regions[i].start, page_size(), "its length");
		}
		assert_differs(asked.walk_end, asked.start, "the address up to which it looked");
		asked.start = asked.walk_end;
	}
	assert_equals(next, PAGES, "the page behind the last one told");
}

CLAIM(room_is_never_exceeded, "pagescan-03",
      "With room for a few regions it tells no more, and going on from there tells all, once each",
      .needs = PAGE_SCAN)
{
	struct page_region regions[PAGES];
	char *area = every_second_page();

	for (int room = 1; room <= 5; room++) {
		struct page_scan part = scan_of(area, regions);

		part.region_count = (uint64_t)room;
		assert_equals(scan(&part), room, "regions told");
		part.start = (uintptr_t)area;
		assert_all_come_once(area, part, regions, room);
	}
}

CLAIM(no_more_pages_than_wanted, "pagescan-03",
      "With a number of pages wanted it stops at that number, and can be continued as well",
      .needs = PAGE_SCAN)
{
	struct page_region regions[PAGES];
	char *area = every_second_page();

	for (int wanted = 1; wanted <= 5; wanted++) {
		struct page_scan part = scan_of(area, regions);

		part.max_pages = (uint64_t)wanted;
		assert_equals(scan(&part), wanted, "regions told, of one page each");
		assert_all_come_once(area, part, regions, wanted);
	}
}

CLAIM(what_makes_no_sense_is_refused, "pagescan-04",
      "An unknown kind or flag, a wrong size, or a start inside a page is refused with EINVAL",
      .needs = PAGE_SCAN)
{
	struct page_region regions[PAGES];
	const struct page_scan right = scan_of(every_second_page(), regions);
	struct page_scan wrong[5];

	for (size_t i = 0; i < 5; i++) {
		wrong[i] = right;
	}
	wrong[0].size -= sizeof(uint64_t);
	wrong[1].start++;
	wrong[2].flags = 1ULL << 40;
	wrong[3].wanted |= 1ULL << 40;
	wrong[4].told |= 1ULL << 40;
	for (size_t i = 0; i < 5; i++) {
		evidence("wrong", "%zu", i);
		assert_refused(scan(&wrong[i]), EINVAL);
	}
}

CONTROL(with_room_all_comes_at_once, "pagescan-03 pagescan-04",
	"With room for all of it, and put rightly, the answer comes at once and up to the end",
	.needs = PAGE_SCAN)
{
	struct page_region regions[PAGES];
	char *area = every_second_page();
	struct page_scan all = scan_of(area, regions);

	assert_equals(scan(&all), PAGES / 2, "regions told");
	assert_equals(all.walk_end - all.start, PAGES * page_size(), "bytes it has looked at");
	assert_all_come_once(area, all, regions, PAGES / 2);
}
