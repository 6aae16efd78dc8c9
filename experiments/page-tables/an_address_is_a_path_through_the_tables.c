/* SPDX-License-Identifier: MIT */
/*
 * An address is a path through the tables
 * =======================================
 *
 * Document 004 (section 8.3) splits an address into one index for each level of the tables, and an
 * offset in the page. On x86-64 an index has 9 bits, for 512 entries make one page:
 *
 *       47     39 38     30 29     21 20     12 11        0
 *      +---------+---------+---------+---------+-----------+
 *      | level 4 | level 3 | level 2 | level 1 |  offset   |
 *      +---------+---------+---------+---------+-----------+
 *       512 GiB    1 GiB     2 MiB     4 KiB    each entry covers
 *
 * Two addresses use the same table of a level if they agree in all the bits to the left of its
 * index. So the size of the tables can be worked out with a pencil: for each level, count how many
 * different beginnings the addresses have. It does not matter how far apart two pages are, but
 * which border lies between them. Over a border of 2 MiB the second page costs one table more, over
 * one of 1 GiB two, over one of 512 GiB three; and two pages 2 MiB - 4 KiB apart may need none.
 *
 * Look with: /proc/PID/status, VmPTE.
 * Read on:   the kernel's page_tables.rst and x86 mm.rst; document 004 section 8.3.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("An address is a path through the tables");

#ifdef __x86_64__
enum { OFFSET_BITS = 12, INDEX_BITS = 9 };
#else
enum { OFFSET_BITS = 0, INDEX_BITS = 0 };
#endif

/* Below the top one; a fifth level, where there is one, adds no table in the lower 128 TiB. */
enum { LEVELS = 3, WALKED = 8 };

/* What a table of the level covers: 2 MiB, 1 GiB, 512 GiB. */
static unsigned covered_bits(unsigned level)
{
	return OFFSET_BITS + level * INDEX_BITS;
}

static uintptr_t covers(unsigned level)
{
	return (uintptr_t)1 << covered_bits(level);
}

/* Two slots of the top table, all of them inaccessible, that nobody else uses; the border between. */
static char *border_of_slots(void)
{
	if (INDEX_BITS == 0) {
		undecided("needs x86-64, whose tables have 512 entries in four or five levels");
	}
	return reserve_slots(2, covers(LEVELS)) + covers(LEVELS);
}

static char *opened(char *page)
{
	arrange(mprotect(page, page_size(), PROT_READ | PROT_WRITE) == 0);
	return page;
}

/* Tables that a touch of the second page adds when the first one was touched. */
static size_t tables_of_the_second(char *first, char *second)
{
	opened(first);
	opened(second);
	store(first, '1');
	(void)status_bytes("VmPTE");

	size_t before = status_bytes("VmPTE");

	store(second, '2');
	return (status_bytes("VmPTE") - before) / page_size();
}

CLAIM(a_border_of_each_level_costs_its_tables, "ptable-05",
      "The page behind a border of 2 MiB, 1 GiB or 512 GiB costs one, two or three tables more",
      .needs = PROCESS_STATUS)
{
	char *slots = border_of_slots();
	char *border[LEVELS] = {slots - covers(3) / 2 + covers(1), slots - covers(3) / 4, slots};
	const char *const what[LEVELS] = {"tables for a page behind a border of the first level",
					  "tables for a page behind a border of the second level",
					  "tables for a page behind a border of the third level"};

	for (size_t i = 0; i < LEVELS; i++) {
		assert_equals(tables_of_the_second(border[i] - page_size(), border[i]), i + 1,
			      what[i]);
	}
}

CLAIM(the_indices_tell_how_many_tables_there_are, "ptable-03 ptable-05",
      "Counting the beginnings that addresses have in each level tells how many tables they use",
      .needs = PROCESS_STATUS)
{
	char *slots = border_of_slots();
	/* By the index of each level, from the left: which of both slots, level 3, level 2, level 1. */
	const unsigned path[WALKED][4] = {{0, 5, 7, 9},       {0, 5, 7, 511}, {0, 5, 8, 0},
					  {0, 6, 8, 0},       {0, 6, 7, 9},   {1, 5, 7, 9},
					  {1, 511, 511, 511}, {0, 0, 0, 0}};
	uintptr_t walked[WALKED];
	size_t before, expected = 0;

	for (size_t i = 0; i < WALKED; i++) {
		walked[i] = (uintptr_t)slots - covers(3) + path[i][0] * covers(3) +
			    path[i][1] * covers(2) + path[i][2] * covers(1) +
			    path[i][3] * covers(0);
		opened((char *)walked[i]);
	}
	(void)status_bytes("VmPTE");
	before = status_bytes("VmPTE");
	for (size_t i = 0; i < WALKED; i++) {
		for (unsigned level = 1; level <= LEVELS; level++) {
			size_t j = 0;

			while (walked[j] >> covered_bits(level) !=
			       walked[i] >> covered_bits(level)) {
				j++;
			}
			expected += j == i; /* nobody before had the same beginning */
		}
		store((char *)walked[i], 'w');
		assert_equals((status_bytes("VmPTE") - before) / page_size(), expected,
			      "tables for the addresses walked so far");
	}
}

CONTROL(distance_alone_costs_nothing, "ptable-03 ptable-05",
	"The last page of a stretch of 2 MiB costs no table when the first one was touched",
	.needs = PROCESS_STATUS)
{
	char *first = border_of_slots(), *last = first + covers(1) - page_size();

	assert_equals(tables_of_the_second(first, last), 0, "tables for the last page");
	assert_equals(tables_of_the_second(first, last + page_size()), 1,
		      "tables for the page behind it");
}
