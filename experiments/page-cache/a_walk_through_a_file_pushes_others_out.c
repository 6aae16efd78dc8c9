/* SPDX-License-Identifier: MIT */
/*
 * A walk through a mapped file pushes others out
 * ==============================================
 *
 * "Careless mapping of huge files can create surprising memory pressure" (document 004, 16.5). It
 * is not the mapping that does it: that costs addresses, whatever the size of the file. It is the
 * walk, which brings page after page and lets none go. They fill what memory there is, and push
 * out whatever can be had most easily, such as pages of files that were in use before.
 *
 *      limit      |<------------- 512 pages ------------->|
 *      mapped     |[e][e][e]                              |            e: an earlier file
 *      walking    |[e][e][e][0][1][2][3] ...              |
 *      later      |[578][579][580] ...        [1022][1023]|            e is gone
 *
 * Who reads with care drops what it has used, and nobody notices.
 *
 * Look with: mincore(2); how often a memory cgroup of our own came up against its limit.
 * Read on:   cgroups(7), mmap(2), posix_fadvise(2); document 004 section 16.5.
 */
#include <fcntl.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("A walk through a mapped file pushes others out");

enum {
	LIMIT = 512,
	PAGES = 2 * LIMIT,
	EARLIER = 64,
	PIECE = 16,
	SEED = 5,
};

/* Nothing is read ahead but what is asked for: that could fill the group by itself. */
static char *map_for_reading(int fd, size_t count)
{
	char *area = mmap(NULL, count * page_size(), PROT_READ, MAP_SHARED, fd, 0);

	arrange(area != MAP_FAILED && madvise(area, count * page_size(), MADV_RANDOM) == 0);
	return area;
}

CLAIM(a_mapping_costs_only_addresses, "mapfile-12",
      "Mapping a file twice as large as the limit reads none of it and meets no limit",
      .needs = MEMORY_CGROUP | DISK_FILE, .alone = "memory cgroup")
{
	int fd = cold_file(PAGES, SEED);
	struct memory_group group = guard_memory_group(LIMIT * page_size());

	enter_memory_group(&group);

	char *area = map_for_reading(fd, PAGES);

	assert_equals(count_in_memory(area, PAGES), 0, "pages of the file in memory");
	assert_equals(memory_group_limit_hits(&group), 0, "times the limit was hit");
}

CLAIM(a_walk_pushes_others_out, "mapfile-12",
      "A walk through it meets the limit, fills no more than that, and takes an earlier file's "
      "pages",
      .needs = MEMORY_CGROUP | DISK_FILE, .alone = "memory cgroup")
{
	int fd = cold_file(PAGES, SEED), earlier = cold_file(EARLIER, SEED);
	struct memory_group group = guard_memory_group(LIMIT * page_size());
	char *content = fresh_pages(EARLIER, MAP_PRIVATE);

	enter_memory_group(&group);
	read_at(earlier, content, EARLIER * page_size(), 0);

	char *area = map_for_reading(fd, PAGES), *first = map_for_reading(earlier, EARLIER);

	assert_equals(count_in_memory(first, EARLIER), EARLIER, "pages of the earlier file before");
	for (size_t i = 0; i < PAGES; i += PIECE) {
		arrange(madvise(page(area, i), PIECE * page_size(), MADV_WILLNEED) == 0);
		load_each(page(area, i), PIECE);
	}
	assert_at_least(memory_group_limit_hits(&group), 1, "times the limit was hit");
	assert_at_most(count_in_memory(area, PAGES), LIMIT, "pages of the file in memory");
	assert_at_least(count_in_memory(area, PAGES), LIMIT / 4, "pages of the file in memory");
	assert_at_most(count_in_memory(first, EARLIER), EARLIER - 1,
		       "pages of the earlier file afterwards");
}

CONTROL(reading_with_care_pushes_nobody_out, "mapfile-12",
	"Read piece by piece, each dropped when it was used, the same file leaves the others alone",
	.needs = MEMORY_CGROUP | DISK_FILE, .alone = "memory cgroup")
{
	int fd = cold_file(PAGES, SEED), earlier = cold_file(EARLIER, SEED);
	struct memory_group group = guard_memory_group(LIMIT * page_size());
	char *buffer = fresh_pages(EARLIER, MAP_PRIVATE);

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
