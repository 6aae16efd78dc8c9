/* SPDX-License-Identifier: MIT */
/*
 * Clean pages of files go before a program's own
 * ==============================================
 *
 * When memory gets tight the cheapest comes first: "drop clean cached file pages that can be re-read later",
 * and only then "swap out less-active anonymous pages" (document 004, 12.4). A clean page of a file
 * costs nothing to let go. A page of a program's own has to be written to swap first, and
 * read from there when it is wanted. So a program keeps its pages while a file, even one that is
 * larger than memory, streams past.
 *
 *      limit     |<------------ 1024 pages ------------>|
 *      at first  |aaaaaaaaaa|                           |      a: our own, in use
 *      streaming |aaaaaaaaaa|fffffffffffffffffffffffffff|fff   f: goes as soon as others come
 *
 * That is an order, and no promise. Even pages that nobody has touched for long are spared at first. But
 * when the file is read again and again, and each time missed, the kernel sees that these are wanted
 * and ours are not. How soon ours go then is its choice, and differs between its ways to order pages.
 *
 * Look with: bit 62 of /proc/PID/pagemap for our own, mincore(2) for the file's.
 * Read on:   cgroups(7), Documentation/admin-guide/mm/multigen_lru.rst; document 004 sections 12.4, 12.5.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("Clean pages of files go before a program's own");

enum {
	LIMIT = 1024,
	OWN = LIMIT / 4,
	STREAM = 4 * LIMIT,
	COLD = LIMIT / 16 * 9,
	LOOP = LIMIT / 8 * 5,
	PIECE = 16,
	ROUNDS = 20,
	ROOM = 2 * LIMIT,
	SEED = 7
};

/* Nothing is read ahead but what is asked for. */
static char *map_for_reading(int fd, size_t count)
{
	char *area = mmap(NULL, count * page_size(), PROT_READ, MAP_SHARED, fd, 0);

	arrange(area != MAP_FAILED && madvise(area, count * page_size(), MADV_RANDOM) == 0);
	return area;
}

/* A piece at a time; after each our own pages are used, so that they are never out of use for long. */
static void read_file(const char *file, size_t count, const char *own, size_t own_count)
{
	for (size_t i = 0; i < count; i += PIECE) {
		arrange(madvise(page(file, i), PIECE * page_size(), MADV_WILLNEED) == 0);
		load_each(page(file, i), PIECE);
		load_each(own, own_count);
	}
}

static void live_in_small_memory(void)
{
	struct memory_group group;

	guard_swap_area(SWAP_ON_ZRAM, ROOM * page_size());
	group = guard_memory_group(LIMIT * page_size());
	enter_memory_group(&group);
}

CLAIM(pages_in_use_stay_while_a_file_streams_past, "pressure-01",
      "While a file of four times the memory is read, its own pages go, and hardly any of ours",
      .needs = MEMORY_CGROUP | SWAP_AREA | DISK_FILE | PAGE_STATES, .alone = "swap")
{
	int fd = cold_file(STREAM, SEED);

	live_in_small_memory();

	char *own = filled_pages(OWN, MAP_PRIVATE, SEED), *file = map_for_reading(fd, STREAM);

	read_file(file, STREAM, own, OWN);

	size_t swapped = count_swapped(observe_pages("our own", own, OWN));

	assert_at_most(count_in_memory(file, STREAM), LIMIT,
		       "pages of the file in memory, of 4096");
	assert_at_most(swapped, OWN / 8, "pages of our own in swap, of 256");
	assert_pattern(own, OWN * page_size(), SEED, "our own pages");
}

CLAIM(cold_pages_go_later_than_those_of_a_file, "pressure-02",
      "A file that is read once beside pages out of use loses more of its own than they do, by "
      "share",
      .needs = MEMORY_CGROUP | SWAP_AREA | DISK_FILE | PAGE_STATES, .alone = "swap")
{
	int fd = cold_file(LOOP, SEED);

	live_in_small_memory();

	char *own = filled_pages(COLD, MAP_PRIVATE, SEED), *file = map_for_reading(fd, LOOP);

	read_file(file, LOOP, own, 0);

	size_t swapped = count_swapped(observe_pages("our own, after a round", own, COLD));
	size_t lost = LOOP - count_in_memory(file, LOOP);

	assert_at_least(lost + swapped, LOOP + COLD - LIMIT, "pages that had to go");
	assert_at_most(swapped * LOOP, lost * COLD, "the share of ours that went, to the file's");
	for (int i = 1; i < ROUNDS; i++) {
		read_file(file, LOOP, own, 0);
	}
	swapped = count_swapped(observe_pages("our own, after more rounds", own, COLD));
	evidence("pages of ours in swap after 20 rounds", "%zu of %d", swapped, COLD);
	assert_pattern(own, COLD * page_size(), SEED, "our own pages");
}

CONTROL(without_a_file_our_own_go, "pressure-01 pressure-02",
	"Where there is no file to let go, as many pages of our own as are too much are in swap",
	.needs = MEMORY_CGROUP | SWAP_AREA | PAGE_STATES, .alone = "swap")
{
	live_in_small_memory();

	char *own = filled_pages(LIMIT + OWN, MAP_PRIVATE, SEED);

	assert_at_least(count_swapped(observe_pages("our own", own, LIMIT + OWN)), OWN,
			"pages of our own in swap");
}
