/* SPDX-License-Identifier: MIT */
/*
 * An order replaces whole pages
 * =============================
 *
 * With MAP_FIXED the address is no hint but an order. "The overlapped part of the existing
 * mappings will be discarded", mmap(2) says. It says so of every page that the new mapping so much
 * as touches, whatever is there: a part of an area, several areas of different kinds, holes. The
 * pages beside them do not notice. This is how a program loader lays out its segments, and how
 * reserve() works in these experiments.
 *
 *      page     0      1      2      3      4      5      6
 *           +------+------+------+------+      +------+------+
 *      was  | anon | anon | file | none | hole |shared| anon |
 *           +------+------+------+------+------+------+------+
 *      now  | anon |              new                 | anon |
 *           +------+----------------------------------+------+
 *
 * Look with: every byte on both sides of each border.
 * Read on:   mmap(2) MAP_FIXED.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("An order replaces whole pages");

enum { PAGES = 7 };

/* A new mapping of so many bytes, exactly there. */
static void *order(char *at, size_t length)
{
	return mmap(at, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1,
		    0);
}

/* Seven pages, each filled with a pattern of its own. */
static char *seven_pages(void)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	for (unsigned i = 0; i < PAGES; i++) {
		write_pattern(page(area, i), page_size(), i);
	}
	return area;
}

/* These pages are new, to the byte, and all the others are as they were. */
static void assert_replaced(char *area, size_t first, size_t count)
{
	for (unsigned i = 0; i < PAGES; i++) {
		if (i < first || i >= first + count) {
			assert_pattern(page(area, i), page_size(), i, "a page beside the new ones");
		}
	}
	assert_all_bytes(page(area, first), count * page_size(), 0, "the new pages");
	write_pattern(page(area, first), count * page_size(), PAGES);
}

CLAIM(every_page_it_touches_is_replaced, "mmap-03",
      "An order of some bytes replaces each page that they touch, to its last byte, and no other")
{
	const size_t lengths[] = {1, page_size(), page_size() + 1, 3 * page_size() - 1};
	const size_t replaced[] = {1, 1, 2, 3};

	for (size_t i = 0; i < 4; i++) {
		char *area = seven_pages();

		assert_address(order(page(area, 2), lengths[i]), page(area, 2), "the mapping");
		assert_replaced(area, 2, replaced[i]);
	}
}

CLAIM(whatever_is_there_is_replaced, "mmap-03",
      "It takes parts of areas, areas of every kind and holes in one step; a file keeps its bytes")
{
	int rw = PROT_READ | PROT_WRITE, fd = memory_file(1, PAGES + 1);
	char *area = seven_pages(), *file = fresh_mapping(1, MAP_SHARED, fd);
	size_t size = page_size();

	arrange(mmap(page(area, 2), size, rw, MAP_SHARED | MAP_FIXED, fd, 0) != MAP_FAILED);
	arrange(mprotect(page(area, 3), size, PROT_NONE) == 0);
	arrange(munmap(page(area, 4), size) == 0);
	arrange(mmap(page(area, 5), size, rw, MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED, -1, 0) !=
		MAP_FAILED);
	store_each(page(area, 5), 1, 's');
	assert_address(order(page(area, 1), 5 * size), page(area, 1), "the mapping");
	assert_replaced(area, 1, 5);
	assert_pattern(file, size, PAGES + 1, "the file that was mapped there");
}

CONTROL(a_hint_replaces_nothing, "mmap-03",
	"Without MAP_FIXED the same address is a hint only: all seven pages stay as they were")
{
	char *area = seven_pages();
	char *other = mmap(page(area, 2), 3 * page_size(), PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	ck_assert_ptr_ne(other, MAP_FAILED);
	ck_assert_ptr_ne(other, page(area, 2));
	write_pattern(other, 3 * page_size(), PAGES);
	for (unsigned i = 0; i < PAGES; i++) {
		assert_pattern(page(area, i), page_size(), i, "a page");
	}
}
