/* SPDX-License-Identifier: MIT */
/*
 * mremap works on one area
 * ========================
 *
 * munmap(2) and mprotect(2) know ranges of pages, and mind no border. mremap(2) has to know what it
 * makes longer, and so the range must lie within one area. Where it begins at nothing, runs
 * into a hole, or crosses into pages that are of another kind, the answer is EFAULT, and
 * nothing has changed. (Since Linux 6.17 a move that changes no length may cross such borders.)
 *
 *      page     0      1      2      3      4      5
 *           +------+------+------+      +------+------+
 *           |  rw  |  rw  |  r   | hole |  rw  |shared|
 *           +------+------+------+------+------+------+
 *           [=============]                               one area: granted
 *                  [=============]                        two kinds: EFAULT
 *                         [=============]                 runs into the hole: EFAULT
 *                                [=============]          begins at nothing: EFAULT
 *                                       [=============]   two kinds: EFAULT
 *
 * Look with: errno, every byte, /proc/self/maps.
 * Read on:   mremap(2) EFAULT.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("mremap works on one area");

enum { PAGES = 6 };

/* The six pages of the picture; each that may be read holds its number. */
static char *areas_and_a_hole(void)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);
	size_t size = page_size();

	arrange(mmap(page(area, 5), size, PROT_READ | PROT_WRITE,
		     MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED, -1, 0) != MAP_FAILED);
	for (unsigned i = 0; i < PAGES; i++) {
		memset(page(area, i), '0' + (int)i, size);
	}
	arrange(mprotect(page(area, 2), size, PROT_READ) == 0);
	arrange(munmap(page(area, 3), size) == 0);
	return area;
}

static void assert_whole(char *area)
{
	for (unsigned i = 0; i < PAGES; i++) {
		if (i != 3) {
			assert_all_bytes(page(area, i), page_size(), (unsigned char)('0' + i),
					 "a page, after the refusal");
		}
	}
	assert_trap(try_load(page(area, 3)), SIGSEGV, SEGV_MAPERR, page(area, 3));
}

static const struct {
	size_t first, count;
} wrong[] = {{1, 2}, {0, 3}, {2, 2}, {3, 1}, {3, 2}, {4, 2}};

/* Growing, with leave to move, each range of the picture that is no area. */
static void assert_none_can_grow(char *area)
{
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		size_t old = wrong[i].count * page_size();

		assert_refused(
			mremap(page(area, wrong[i].first), old, old + page_size(), MREMAP_MAYMOVE),
			EFAULT);
	}
}

CLAIM(more_than_one_area_cannot_grow, "mremap-11",
      "A range with a hole, or of areas of two kinds, is refused with EFAULT, and no byte changes")
{
	char *area = areas_and_a_hole();

	assert_none_can_grow(area);
	assert_whole(area);
}

CLAIM(the_map_stays, "mremap-11", "After all those refusals every line of the map is as before",
      .needs = AREA_LIST)
{
	char *area = areas_and_a_hole();
	struct area_list before = observe_areas();

	assert_none_can_grow(area);
	assert_same_areas(observe_areas(), before, "the map");
}

CLAIM(nothing_cannot_be_moved, "mremap-11",
      "A hole, and a range that begins in one, cannot be moved either: EFAULT")
{
	char *area = areas_and_a_hole(), *to = reserve(PAGES);

	/* By order: who keeps his size and may merely move was told that all is well, up to Linux 5.15. */
	for (size_t count = 1; count <= 2; count++) {
		size_t size = count * page_size();

		assert_refused(mremap(page(area, 3), size, size, MREMAP_MAYMOVE | MREMAP_FIXED, to),
			       EFAULT);
	}
	assert_whole(area);
}

CONTROL(one_area_is_accepted, "mremap-11",
	"The ranges of one area in the same picture grow, with every byte of theirs")
{
	char *area = areas_and_a_hole();
	char *grown = (char *)assert_accepted(
		mremap(area, 2 * page_size(), 3 * page_size(), MREMAP_MAYMOVE));

	assert_all_bytes(grown, page_size(), '0', "the first page");
	assert_all_bytes(page(grown, 1), page_size(), '1', "the second page");
	assert_all_bytes(page(grown, 2), page_size(), 0, "the new page");
	assert_trap(try_load(area), SIGSEGV, SEGV_MAPERR, area);
	assert_address(mremap(page(area, 2), page_size(), 2 * page_size(), 0), page(area, 2),
		       "the page before the hole, grown into it");
	assert_all_bytes(page(area, 2), page_size(), '2', "that page");
	assert_all_bytes(page(area, 4), page_size(), '4', "the page behind the hole");
}
