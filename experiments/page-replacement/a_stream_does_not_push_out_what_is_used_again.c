/* SPDX-License-Identifier: MIT */
/*
 * A stream does not push out what is used again
 * =============================================
 *
 * A "better decision preserves the working set", says document 004 (11.5), and recent use is what
 * it goes by (11.2). A program that comes by a large file once is the trial of it: all that it
 * reads is younger than the working set. Who went by age alone would drop what is in use, for the
 * sake of pages that nobody will ever want again.
 *
 *      came first     then     and then a stream, three times as large as the limit
 *      [ used   ] [ idle   ] [0][1][2][3][4][5][6][7][8] ...
 *          ^------------------^-----^-----^-----^-----^---     used before each piece of it
 *      stays       goes
 *
 * The set that is used came first, so that age speaks against it. Which pages go is the kernel's
 * choice, and it samples: what is asserted is that most of one set goes, and little of the other.
 *
 * Look with: mincore(2), in a memory cgroup of our own.
 * Read on:   Documentation/admin-guide/mm/multigen_lru.rst; document 004 sections 11.2, 11.5 and
 *            12.4.
 */
#include <fcntl.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>
#include <touchstone/translations.h>

EXPERIMENT("A stream does not push out what is used again");

enum { LIMIT = 512, SET = 64, STREAM = 3 * LIMIT, PIECE = 32, SEED = 5, LARGEST_PAGE = 64 * 1024 };

static char piece[PIECE * LARGEST_PAGE];

static void read_all(int fd, size_t count)
{
	arrange(page_size() <= LARGEST_PAGE);
	for (size_t i = 0; i < count; i += PIECE) {
		read_at(fd, piece, PIECE * page_size(), i * page_size());
	}
}

/* A use is noted in the page table when a TLB is filled from there: so it must forget first. */
static void use(char *set)
{
	drop_translations(set, SET);
	load_each(set, SET);
}

/* Pages of the one set that were missing when it was used again, and pages gone in the end. */
struct lost {
	size_t when_used, used, idle;
};

/* Both sets are read once; then the stream, and one set is used again before each piece, or not. */
static struct lost stream_past(bool again)
{
	struct lost lost = {0};
	int used_file = cold_file(SET, SEED), idle_file = cold_file(SET, SEED);
	int stream = cold_file(STREAM, SEED);
	char *used = fresh_mapping(SET, MAP_SHARED, used_file);
	char *idle = fresh_mapping(SET, MAP_SHARED, idle_file);
	struct memory_group group = guard_memory_group(LIMIT * page_size());

	arrange(posix_fadvise(stream, 0, 0, POSIX_FADV_RANDOM) ==
		0); /* no more than is asked for */
	enter_memory_group(&group);
	read_all(used_file, SET);
	read_all(idle_file, SET);
	for (size_t i = 0; i < STREAM; i += PIECE) {
		if (again) {
			lost.when_used += SET - count_in_memory(used, SET);
			use(used);
		}
		read_at(stream, piece, PIECE * page_size(), i * page_size());
	}
	lost.used = SET - count_in_memory(used, SET);
	lost.idle = SET - count_in_memory(idle, SET);
	return lost;
}

CLAIM(pages_in_use_stay, "replace-14",
      "Reading a large file takes pages that were read once, and hardly any that are in use",
      .needs = MEMORY_CGROUP | DISK_FILE, .alone = "memory cgroup")
{
	struct lost lost = stream_past(true);

	assert_at_least(lost.idle, SET / 2, "pages of the idle set that are gone");
	assert_at_most(lost.when_used, lost.idle / 2, "times that a page in use was missing");
}

CONTROL(where_neither_is_used_both_go, "replace-14",
	"Of two sets of pages that were read once, and not used again, most pages of both are gone",
	.needs = MEMORY_CGROUP | DISK_FILE, .alone = "memory cgroup")
{
	struct lost lost = stream_past(false);

	assert_at_least(lost.used, SET / 2, "pages of the first set that are gone");
	assert_at_least(lost.idle, SET / 2, "pages of the second set that are gone");
}
