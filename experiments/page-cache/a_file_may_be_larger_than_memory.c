/* SPDX-License-Identifier: MIT */
/*
 * A file may be larger than memory
 * ================================
 *
 * Mappings are good for "large file processing", says document 004 (16.4), and this is why: a
 * clean page of a file can be let go at any time, for the file has it. So a walk through a mapping
 * goes on past any limit; each page that comes takes the place of one that was there. Memory that
 * has no file behind it (and no swap) cannot do that. Whoever needs more of it than there is gets
 * killed.
 *
 *      limit      |<------------- 256 pages ------------->|
 *      walking    |[0][1][2][3] ...              [254][255]|
 *      later      |[512][513][514] ...           [766][767]|     and back again
 *
 * Look with: every byte; how often a memory cgroup of our own came up against its limit.
 * Read on:   cgroups(7), mmap(2); document 004 section 16.4.
 */
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A file may be larger than memory");

enum { LIMIT = 256, PAGES = 3 * LIMIT, PIECE = 16, SEED = 5, LARGEST_PAGE = 64 * 1024 };

/* Nothing is read ahead but what is asked for: that could fill the group by itself. */
static char *map_for_reading(int fd, size_t count)
{
	char *area = mmap(NULL, count * page_size(), PROT_READ, MAP_SHARED, fd, 0);

	arrange(area != MAP_FAILED && madvise(area, count * page_size(), MADV_RANDOM) == 0);
	return area;
}

/* One page, and with the first of a piece all of the piece is asked for, to be read in one go. */
static void look_at(char *area, size_t number, bool is_first)
{
	static char expected[LARGEST_PAGE];

	if (is_first) {
		arrange(madvise(page(area, number / PIECE * PIECE), PIECE * page_size(),
				MADV_WILLNEED) == 0);
	}
	pattern_bytes(expected, page_size(), SEED, number * page_size());
	ck_assert_mem_eq(page(area, number), expected, page_size());
}

CLAIM(a_walk_comes_to_its_end, "mapfile-23",
      "Every byte of a file three times as large as the limit can be loaded, forwards and "
      "backwards",
      .needs = MEMORY_CGROUP | DISK_FILE, .alone = "memory cgroup")
{
	int fd = cold_file(PAGES, SEED);
	struct memory_group group = guard_memory_group(LIMIT * page_size());

	arrange(page_size() <= LARGEST_PAGE);
	enter_memory_group(&group);

	char *area = map_for_reading(fd, PAGES);

	for (size_t i = 0; i < PAGES; i++) {
		look_at(area, i, i % PIECE == 0);
	}
	for (size_t i = PAGES; i-- > 0;) {
		look_at(area, i, i % PIECE == PIECE - 1);
	}
	assert_at_least(memory_group_limit_hits(&group), 1, "times the limit was hit");
}

/* The end of a child that stores into as many pages of memory without a file, below the limit. */
static int end_of_a_storing_child(const struct memory_group *group)
{
	enum { ALL_FIT = 1, SWAPPED = 2 };
	int status = 0;
	pid_t child = fork();

	arrange(child >= 0);
	if (child == 0) {
		enter_memory_group(group);

		char *area = mmap(NULL, PAGES * page_size(), PROT_READ | PROT_WRITE,
				  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

		arrange(area != MAP_FAILED);
		store_each(area, PAGES, 's');
		_exit(count_in_memory(area, PAGES) == PAGES ? ALL_FIT : SWAPPED);
	}
	arrange(waitpid(child, &status, 0) == child);
	if (WIFEXITED(status) && WEXITSTATUS(status) == SWAPPED) {
		undecided("needs a machine without swap: swapoff");
	}
	return status;
}

CONTROL(memory_without_a_file_meets_its_end, "mapfile-23",
	"Whoever stores into that many pages of memory without a file is killed at the limit",
	.needs = MEMORY_CGROUP, .alone = "swap")
{
	struct memory_group group = guard_memory_group(LIMIT * page_size());
	int status = end_of_a_storing_child(&group);

	assert_equals(WIFSIGNALED(status) ? WTERMSIG(status) : 0, SIGKILL,
		      "the signal that ended the child");
}
