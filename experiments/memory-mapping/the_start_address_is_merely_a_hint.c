/* SPDX-License-Identifier: MIT */
/*
 * The start address given to mmap is merely a hint
 * ================================================
 *
 * Document 002 says so, and it is true three times over. In free space the hint is honoured to the
 * page. Where something is mapped already, not even in part, the kernel looks for another
 * place and harms nothing. And an address inside a page is no error: it is rounded down. With NULL,
 * the usual hint, the kernel chooses alone. Only MAP_FIXED turns the hint into an order; then
 * whatever lies there is replaced without a word, and a crooked address is refused.
 *
 *                   hint                  hint                          MAP_FIXED
 *                    v                     v                                v
 *     |  free   |  free   |  free   ||   taken   |  free   |        ||   taken   |
 *               +---------+         ||  kept whole             ...  || replaced! |
 *               | new     |         ||  new: somewhere else         ||   new     |
 *               +---------+
 *
 * Look with: the returned address, and every byte of what was there before. The free space is made
 *            by unmapping the middle of a reserved stretch: a constant address would be free on one
 *            machine and not on the next.
 * Read on:   mmap(2); document 002 "User-Level Memory Mapping".
 */
#include <stdio.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("The start address given to mmap is merely a hint");

enum { RESERVED = 12, HOLE = 3, HOLE_PAGES = 6 };

/* A mapping of so many bytes wherever the flags and the hint lead it. */
static char *map_at(void *hint, size_t length, int flags)
{
	return mmap(hint, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | flags, -1,
		    0);
}

/* The first page of a hole in the address space, with three occupied pages on either side. */
static char *hole(void)
{
	char *stretch = reserve(RESERVED);

	arrange(map_at(stretch, RESERVED * page_size(), MAP_FIXED) == stretch);
	write_pattern(stretch, RESERVED * page_size(), 1);
	arrange(munmap(page(stretch, HOLE), HOLE_PAGES * page_size()) == 0);
	return page(stretch, HOLE);
}

/* It is a mapping, whole, fresh, writable, and lies where nothing of the stretch lies. */
static void assert_elsewhere(char *area, size_t length, const char *hole)
{
	arrange(area != MAP_FAILED);
	ck_assert_msg(area + length <= page(hole, 0) - HOLE * page_size() ||
			      area >= page(hole, RESERVED - HOLE),
		      "expected a place away from the hole at %p, seen %p", (const void *)hole,
		      (void *)area);
	assert_equals((uintptr_t)area % page_size(), 0, "the address, modulo the page size");
	assert_all_bytes(area, length, 0, "the new mapping");
	write_pattern(area, length, 2);
}

static void assert_below_is_whole(const char *hole)
{
	assert_pattern(page(hole, 0) - HOLE * page_size(), HOLE * page_size(), 1,
		       "the pages that were there already");
}

CLAIM(a_hint_in_free_space_is_honoured, "map-02",
      "A hint that leads into free space is honoured, at its edges as in its middle")
{
	char *free = hole();

	assert_address(map_at(page(free, 2), page_size(), 0), page(free, 2), "in the middle");
	assert_address(map_at(free, 2 * page_size(), 0), free, "from its first page");
	assert_address(map_at(page(free, 3), 3 * page_size(), 0), page(free, 3), "up to its last");
	assert_all_bytes(free, HOLE_PAGES * page_size(), 0, "the hole, filled by three mappings");
	assert_below_is_whole(free);
}

CLAIM(an_occupied_hint_harms_nothing, "map-03",
      "A hint that leads to occupied pages, all or only the last, moves the new mapping elsewhere")
{
	char *free = hole();
	size_t too_long = (HOLE_PAGES + 1) * page_size();

	assert_elsewhere(map_at(free - page_size(), page_size(), 0), page_size(), free);
	assert_elsewhere(map_at(free - page_size(), 2 * page_size(), 0), 2 * page_size(), free);
	assert_elsewhere(map_at(free, too_long, 0), too_long, free);
	assert_below_is_whole(free);
}

CONTROL(an_order_replaces_what_is_there, "map-02 map-03",
	"MAP_FIXED at the same occupied page takes its place, and its content is lost")
{
	char *free = hole(), *occupied = free - page_size();

	assert_address(map_at(occupied, page_size(), MAP_FIXED), occupied, "the place taken");
	assert_all_bytes(occupied, page_size(), 0, "what is there now");
	assert_pattern(occupied - 2 * page_size(), 2 * page_size(), 1, "the pages below");
}

CLAIM(a_crooked_hint_is_rounded_down, "map-04",
      "A hint inside a page counts as the start of that page, from its second byte to its last")
{
	size_t inside[] = {0, 1, page_size() / 2 + 3, page_size() - 1};
	char *free = hole();

	for (size_t i = 0; i < 4; i++) {
		assert_address(map_at(page(free, i) + inside[i], page_size(), 0), page(free, i),
			       "the place chosen");
	}
	assert_below_is_whole(free);
}

CONTROL(a_crooked_order_is_refused, "map-04",
	"With MAP_FIXED the same address is refused, and nothing is mapped or lost")
{
	char *free = hole();

	assert_refused(map_at(page(free, 2) + 1, page_size(), MAP_FIXED), EINVAL);
	assert_refused(map_at(page(free, 2) + page_size() - 1, page_size(), MAP_FIXED), EINVAL);
	assert_refused(map_at(free - 1, page_size(), MAP_FIXED), EINVAL);
	assert_trap(try_load(page(free, 2)), SIGSEGV, SEGV_MAPERR, page(free, 2));
	assert_below_is_whole(free);
}

/* The lowest address that an ordinary process may map; a page where the kernel does not tell. */
static uintptr_t lowest_address(void)
{
	FILE *file = fopen("/proc/sys/vm/mmap_min_addr", "re");
	unsigned long lowest = 0;

	if (file != NULL && fscanf(file, "%lu", &lowest) != 1) {
		lowest = 0;
	}
	return lowest > page_size() ? lowest : page_size();
}

CLAIM(without_a_hint_the_kernel_chooses, "map-05",
      "With NULL the kernel chooses, page by page, places that nobody uses, and never address 0")
{
	enum { MANY = 64 };
	uintptr_t lowest = lowest_address();
	char *areas[MANY];

	for (unsigned i = 0; i < MANY; i++) {
		areas[i] = map_at(NULL, page_size(), 0);
		ck_assert_ptr_ne(areas[i], MAP_FAILED);
		ck_assert_uint_eq((uintptr_t)areas[i] % page_size(), 0);
		ck_assert_uint_ge((uintptr_t)areas[i], lowest);
		for (size_t byte = 0; byte < page_size(); byte++) {
			ck_assert_int_eq(load(areas[i] + byte), 0);
		}
		write_pattern(areas[i], page_size(), i);
	}
	for (unsigned i = 0; i < MANY; i++) {
		assert_pattern(areas[i], page_size(), i, "one of 64 mappings");
	}
}

CLAIM(an_impossible_hint_is_no_error, "map-05",
      "A hint at the bottom or at the very top of all addresses yields a mapping at some other place")
{
	uintptr_t hints[] = {1, page_size() - 1, UINTPTR_MAX, UINTPTR_MAX - page_size() + 1};

	for (size_t i = 0; i < 4; i++) {
		char *area = map_at((void *)hints[i], 2 * page_size(), 0);

		ck_assert_ptr_ne(area, MAP_FAILED);
		assert_differs((uintptr_t)area, (uintptr_t)page_of((void *)hints[i]), "the place");
		assert_all_bytes(area, 2 * page_size(), 0, "the mapping");
		store(page(area, 1), 'x');
	}
}

CONTROL(an_impossible_order_is_refused, "map-05",
	"With MAP_FIXED the top of all addresses is refused, and the bottom to ordinary users")
{
	uintptr_t top = UINTPTR_MAX - page_size() + 1;

	assert_refused(map_at((void *)top, page_size(), MAP_FIXED), ENOMEM);
	if (geteuid() != 0) {
		assert_refused(map_at(NULL, page_size(), MAP_FIXED), EPERM);
	}
}
