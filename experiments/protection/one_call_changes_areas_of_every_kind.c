/* SPDX-License-Identifier: MIT */
/*
 * One call changes areas of every kind, and cuts only the first and the last
 * ==========================================================================
 *
 * The range of mprotect(2) has nothing to do with the borders of areas. It may begin in the middle
 * of one, cross several that differ in rights and in what they show, and end in the middle of
 * another. All of it has the same rights afterwards. Areas are cut at the two ends of the range,
 * and nowhere else; neighbours within it that have become alike are made one.
 *
 *      page    0     1     2     3     4     5     6     7
 *           +-----------+-----+-----------+-----------------+
 *           |   rw-p    |---p |   rw-s    |      rw-p       |
 *           +-----------+-----+-----------+-----------------+
 *                 |<- mprotect(PROT_READ) from 1 to 6 ->|
 *           +-----+-----------+-----------+-----------+-----+
 *           |rw-p |   r--p    |   r--s    |   r--p    |rw-p |
 *           +-----+-----------+-----------+-----------+-----+
 *
 * Document 003: mprotect "modifies" regions. How they are listed is the kernel's affair and no
 * promise; those that are counted here were never touched.
 *
 * Look with: /proc/self/maps, and stores into every page.
 * Read on:   mprotect(2), proc(5) maps; document 003.
 */
#include <signal.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("One call changes areas of every kind, and cuts only the first and the last");

enum { READ_WRITE = PROT_READ | PROT_WRITE, PAGES = 8, FROM = 1, CLOSED = 2, SHARED = 3, LAST = 6 };
enum { SEED = 12 };

/* Private memory with an inaccessible page in it, and two pages of shared memory. */
static char *mixed_areas(bool filled)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE), *shared = page(area, SHARED);

	arrange(mmap(shared, 2 * page_size(), READ_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED,
		     -1, 0) == shared);
	if (filled) {
		write_pattern(area, PAGES * page_size(), SEED);
	}
	arrange(mprotect(page(area, CLOSED), page_size(), PROT_NONE) == 0);
	return area;
}

static long change(char *area, size_t first, size_t last, int rights)
{
	return mprotect(page(area, first), (last + 1 - first) * page_size(), rights);
}

/* From this page to that one it is one area, with these letters. */
static void assert_area(char *area, size_t first, size_t end, const char *letters)
{
	struct area seen = observe_area(page(area, first));

	assert_address(seen.start, page(area, first), "where the area starts");
	assert_address(seen.end, page(area, end), "where it ends");
	ck_assert_str_eq(seen.permissions, letters);
}

CLAIM(the_whole_range_gets_the_rights, "prot-37",
      "Each page of a range over several areas has the new rights, and no page beside it")
{
	char *area = mixed_areas(true);

	assert_accepted(change(area, FROM, LAST, PROT_READ));
	for (size_t i = 0; i < PAGES; i++) {
		char *ends[] = {page(area, i), page(area, i + 1) - 1};

		for (size_t k = 0; k < 2; k++) {
			assert_no_trap(try_load(ends[k]));

			struct trap trap = try_store(ends[k], load(ends[k]));

			if (i >= FROM && i <= LAST) {
				assert_trap(trap, SIGSEGV, SEGV_ACCERR, ends[k]);
			} else {
				assert_no_trap(trap);
			}
		}
	}
	assert_pattern(area, PAGES * page_size(), SEED, "all eight pages");
	assert_accepted(change(area, 0, PAGES - 1, READ_WRITE));
	for (size_t i = 0; i < PAGES; i++) {
		assert_no_trap(try_store(page(area, i), load(page(area, i))));
	}
}

CLAIM(each_kind_stays_what_it_is, "prot-37",
      "Shared memory in the range stays shared and private memory private, with whatever rights")
{
	char *area = mixed_areas(true);

	assert_accepted(change(area, FROM, LAST, PROT_NONE));
	assert_accepted(change(area, FROM, LAST, READ_WRITE));
	IN_CHILD {
		for (size_t i = 0; i < PAGES; i++) {
			store(page(area, i), (unsigned char)~load(page(area, i)));
		}
	}
	for (size_t i = 0; i < PAGES; i++) {
		unsigned char before;

		pattern_bytes(&before, 1, SEED, i * page_size());
		bool shared = i == SHARED || i == SHARED + 1;

		assert_byte(page(area, i), shared ? (unsigned char)~before : before,
			    "the first byte of a page that the child stored to");
	}
}

CLAIM(areas_are_cut_at_the_ends_alone, "prot-37",
      "Areas are cut where the range begins and ends, and merge within it where they are alike",
      .needs = AREA_LIST)
{
	char *area = mixed_areas(false);

	assert_equals(count_areas(area, PAGES * page_size()), 4, "areas at first");
	assert_accepted(change(area, FROM, LAST, PROT_READ));
	assert_equals(count_areas(area, PAGES * page_size()), 5, "areas afterwards");
	assert_area(area, 0, FROM, "rw-p");
	assert_area(area, FROM, SHARED, "r--p");
	assert_area(area, SHARED, SHARED + 2, "r--s");
	assert_area(area, SHARED + 2, LAST + 1, "r--p");
	assert_area(area, LAST + 1, PAGES, "rw-p");
}

CONTROL(alike_throughout_they_merge, "prot-37",
	"The whole range with one set of rights is cut only where private and shared memory meet",
	.needs = AREA_LIST)
{
	char *area = mixed_areas(false);

	assert_accepted(change(area, FROM, LAST, PROT_READ));
	assert_accepted(change(area, 0, PAGES - 1, READ_WRITE));
	assert_equals(count_areas(area, PAGES * page_size()), 3, "areas");
	assert_area(area, 0, SHARED, "rw-p");
	assert_area(area, SHARED, SHARED + 2, "rw-s");
	assert_area(area, SHARED + 2, PAGES, "rw-p");
	for (size_t i = 0; i < PAGES; i++) {
		assert_no_trap(try_store(page(area, i), 1));
	}
}
