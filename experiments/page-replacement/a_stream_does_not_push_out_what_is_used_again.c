/* SPDX-License-Identifier: MIT */
/*
 * A stream does not push out what is used again
 * =============================================
 *
 * A "better decision preserves the working set", says document 004 (11.5), and recent use is what it
 * goes by (11.2). A program that comes by a large file, or a large table, once, is the trial of
 * it: all its pages are younger than the working set. Who went by age alone would drop what is in use, for
 * the sake of pages that nobody will ever want again.
 *
 *      came first     then     and then a stream, four times as large as the limit
 *      [ used   ] [ idle   ] [0][1][2][3][4][5][6][7][8] ...
 *          ^------------------^-----^-----^-----^-----^---     used after each piece of it
 *      stays       goes
 *
 * The set that is used came first, so that age speaks against it. What is used again shows only at a
 * second look, and memory may be looked at for the first time when it is short already. So the
 * first half of the stream is for learning. In the second, most of one set goes, little of the other.
 *
 * Look with: a memory cgroup of our own; mincore(2) for a file, bit 62 of /proc/PID/pagemap for memory.
 * Read on:   Documentation/admin-guide/mm/multigen_lru.rst; document 004 sections 11.2, 11.5 and 12.4.
 */
#include <fcntl.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("A stream does not push out what is used again");

enum { LIMIT = 512, SET = 64, STREAM = 4 * LIMIT, PIECE = 32, SEED = 5, LARGEST_PAGE = 64 * 1024 };

/* Pages of a file or without one: how a stream begins, what a piece of it does, what is missing of a set. */
struct kind {
	char *(*map_set)(void);
	void (*use)(char *set);
	size_t (*missing)(const char *set);
	void (*begin)(void);
	void (*pass)(size_t first);
};

/* A mapping, but not MADV_RANDOM: then the kernel would not mind what is used (Linux 6.3). */
static char *map_file(void)
{
	return fresh_mapping(SET, MAP_SHARED, cold_file(SET, SEED));
}

static void load_set(char *set)
{
	load_each(set, SET);
}

static size_t missing_of_file(const char *set)
{
	return SET - count_in_memory(set, SET);
}

static int stream_file;
static char *stream_memory;

static void open_stream(void)
{
	stream_file = cold_file(STREAM, SEED);
	arrange(posix_fadvise(stream_file, 0, 0, POSIX_FADV_RANDOM) == 0);
}

static void read_piece(size_t first)
{
	static char piece[PIECE * LARGEST_PAGE];

	arrange(page_size() <= LARGEST_PAGE);
	read_at(stream_file, piece, PIECE * page_size(), first * page_size());
}

static char *map_memory(void)
{
	return fresh_pages(SET, MAP_PRIVATE);
}

static void store_set(char *set)
{
	store_each(set, SET, 'm');
}

static size_t missing_of_memory(const char *set)
{
	return count_swapped(observe_pages("set", set, SET));
}

static void map_stream(void)
{
	guard_swap(STREAM * page_size());
	stream_memory = fresh_pages(STREAM, MAP_PRIVATE);
}

static void store_piece(size_t first)
{
	store_each(page(stream_memory, first), PIECE, 'm');
}

static const struct kind files = {map_file, load_set, missing_of_file, open_stream, read_piece},
			 memory = {map_memory, store_set, missing_of_memory, map_stream,
				   store_piece};

/* Pages of the one set that were missing when it was used again, and pages gone in the end. */
struct lost {
	size_t when_used, used, idle;
};

static struct lost stream_past(const struct kind *kind, bool again)
{
	struct lost lost = {0};
	char *used = kind->map_set(), *idle = kind->map_set();

	kind->begin();

	struct memory_group group = guard_memory_group(LIMIT * page_size());

	enter_memory_group(&group);
	kind->use(used);
	kind->use(idle);
	for (size_t i = 0; i < STREAM; i += PIECE) {
		kind->pass(i);
		if (again) {
			lost.when_used += i < STREAM / 2 ? 0 : kind->missing(used);
			kind->use(used);
		}
	}
	lost.used = kind->missing(used);
	lost.idle = kind->missing(idle);
	evidence("pages missing when they were used again", "%zu", lost.when_used);
	return lost;
}

static void assert_the_idle_go(struct lost lost)
{
	assert_at_least(lost.idle, SET / 2, "pages of the idle set that are gone");
	assert_at_most(lost.when_used, lost.idle / 2, "times that a page in use was missing");
}

CLAIM(pages_of_a_file_in_use_stay, "replace-14",
      "A walk through a file takes the pages of files that are idle, and hardly any that are used",
      .needs = MEMORY_CGROUP | DISK_FILE, .alone = "memory cgroup")
{
	assert_the_idle_go(stream_past(&files, true));
}

CLAIM(memory_in_use_stays, "replace-15",
      "A program that fills memory has idle memory swapped out, and hardly any that is used",
      .needs = MEMORY_CGROUP | SWAP | PAGE_STATES, .alone = "swap")
{
	assert_the_idle_go(stream_past(&memory, true));
}

CONTROL(where_neither_is_used_both_go, "replace-14 replace-15",
	"Of two sets of pages that were used in the beginning alone, most pages of both are gone",
	.needs = MEMORY_CGROUP | DISK_FILE, .alone = "memory cgroup")
{
	struct lost lost = stream_past(&files, false);

	assert_at_least(lost.used, SET / 2, "pages of the first set that are gone");
	assert_at_least(lost.idle, SET / 2, "pages of the second set that are gone");
}
