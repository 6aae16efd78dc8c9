/* SPDX-License-Identifier: MIT */
/*
 * A file may be larger than memory
 * ================================
 *
 * Mappings are good for "large file processing" (document 004, 16.4), and "careless mapping of
 * huge files can create surprising memory pressure" (16.5). Both are true, of the same program. To map
 * a file costs addresses, whatever its size. To walk through it fills memory with its pages, up to
 * the limit, and pushes others out on the way, the program's own earlier files among them. But clean pages
 * can be let go at any time, for the file has them: so the walk goes on, past any limit. Memory that
 * has no file behind it could not do that.
 *
 *      limit      |<------------- 512 pages ------------->|
 *      mapped     |                                       |            1536 pages of addresses
 *      walking    |[e][e][e][0][1][2][3] ...              |            e: an earlier file
 *      later      |[1090][1091][1092] ...       [1534][1535]           e is gone
 *
 * Look with: mincore(2); how often a memory cgroup of our own came up against its limit.
 * Read on:   cgroups(7), mmap(2), posix_fadvise(2); document 004 sections 16.4 and 16.5.
 */
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A file may be larger than memory");

enum { LIMIT = 512, PAGES = 3 * LIMIT, EARLIER = 64, SEED = 5, PIECE = 8, LARGEST_PAGE = 64 * 1024 };

/* A file on disk of which nothing is in memory, so that whoever reads it is charged for it. */
static int cold_file(size_t count)
{
	int fd = disk_file(count, SEED);

	if (!cool_down(fd, count)) {
		undecided("needs a file that leaves the page cache: a disk at rest below TMPDIR");
	}
	return fd;
}

static char *map_for_reading(int fd, size_t count)
{
	char *area = mmap(NULL, count * page_size(), PROT_READ, MAP_SHARED, fd, 0);

	arrange(area != MAP_FAILED);
	return area;
}

CLAIM(a_mapping_costs_only_addresses, "mapfile-12",
      "Mapping a file three times as large as the limit reads none of it and meets no limit",
      .needs = MEMORY_CGROUP | DISK_FILE, .alone = "memory cgroup")
{
	int fd = cold_file(PAGES);
	struct memory_group group = guard_memory_group(LIMIT * page_size());

	enter_memory_group(&group);

	char *area = map_for_reading(fd, PAGES);

	assert_equals(count_in_memory(area, PAGES), 0, "pages of the file in memory");
	assert_equals(memory_group_limit_hits(&group), 0, "times the limit was hit");
}

CLAIM(a_walk_pushes_others_out, "mapfile-12",
      "A walk through it meets the limit, fills no more than that, and takes an earlier file's pages",
      .needs = MEMORY_CGROUP | DISK_FILE, .alone = "memory cgroup")
{
	int fd = cold_file(PAGES), earlier = cold_file(EARLIER);
	struct memory_group group = guard_memory_group(LIMIT * page_size());
	static char content[EARLIER * LARGEST_PAGE];

	arrange(page_size() <= LARGEST_PAGE);
	enter_memory_group(&group);
	read_at(earlier, content, EARLIER * page_size(), 0);

	char *area = map_for_reading(fd, PAGES), *first = map_for_reading(earlier, EARLIER);

	assert_equals(count_in_memory(first, EARLIER), EARLIER, "pages of the earlier file before");
	load_each(area, PAGES);
	assert_at_least(memory_group_limit_hits(&group), 1, "times the limit was hit");
	assert_at_most(count_in_memory(area, PAGES), LIMIT, "pages of the file in memory");
	assert_at_least(count_in_memory(area, PAGES), LIMIT / 4, "pages of the file in memory");
	assert_at_most(count_in_memory(first, EARLIER), EARLIER - 1,
		       "pages of the earlier file afterwards");
}

CLAIM(a_walk_comes_to_its_end, "mapfile-23",
      "Every byte of a file three times as large as the limit can be loaded, forwards and backwards",
      .needs = MEMORY_CGROUP | DISK_FILE, .alone = "memory cgroup")
{
	int fd = cold_file(PAGES);
	struct memory_group group = guard_memory_group(LIMIT * page_size());
	static char expected[LARGEST_PAGE];

	arrange(page_size() <= LARGEST_PAGE);
	enter_memory_group(&group);

	char *area = map_for_reading(fd, PAGES);

	assert_pattern(area, PAGES * page_size(), SEED, "the file, from its first byte to its last");
	for (size_t i = PAGES; i-- > 0;) {
		pattern_bytes(expected, page_size(), SEED, i * page_size());
		ck_assert_mem_eq(page(area, i), expected, page_size());
	}
	assert_at_least(memory_group_limit_hits(&group), 1, "times the limit was hit");
}

CONTROL(reading_with_care_pushes_nobody_out, "mapfile-12",
	"Read piece by piece, each dropped when it was used, the same file leaves the others alone",
	.needs = MEMORY_CGROUP | DISK_FILE, .alone = "memory cgroup")
{
	int fd = cold_file(PAGES), earlier = cold_file(EARLIER);
	struct memory_group group = guard_memory_group(LIMIT * page_size());
	static char buffer[EARLIER * LARGEST_PAGE];

	arrange(page_size() <= LARGEST_PAGE);
	arrange(posix_fadvise(fd, 0, 0, POSIX_FADV_RANDOM) == 0);
	enter_memory_group(&group);
	read_at(earlier, buffer, EARLIER * page_size(), 0);
	for (size_t i = 0; i < PAGES; i += PIECE) {
		read_at(fd, buffer, PIECE * page_size(), i * page_size());
		arrange(posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED) == 0);
	}
	assert_equals(memory_group_limit_hits(&group), 0, "times the limit was hit");
	assert_equals(count_in_memory(map_for_reading(earlier, EARLIER), EARLIER), EARLIER,
		      "pages of the earlier file");
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
	.needs = MEMORY_CGROUP, .alone = "memory cgroup")
{
	struct memory_group group = guard_memory_group(LIMIT * page_size());
	int status = end_of_a_storing_child(&group);

	assert_equals(WIFSIGNALED(status) ? WTERMSIG(status) : 0, SIGKILL,
		      "the signal that ended the child");
}
