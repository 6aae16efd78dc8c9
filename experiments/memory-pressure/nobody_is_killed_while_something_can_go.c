/* SPDX-License-Identifier: MIT */
/*
 * Nobody is killed while something can go
 * =======================================
 *
 * "Linux often reclaims page cache first, then anonymous pages, and if it cannot recover enough
 * memory it may invoke the OOM killer" (document 004, section 12.5). The killer is last: a group
 * that is full to its limit of clean pages of files is not short of memory at all. Nor is one
 * whose anonymous pages can be swapped. But not all that is counted as cache can go: a file in
 * memory (memfd_create, tmpfs, shared memory) has no disk behind it, and without swap it stays to
 * the end.
 *
 *                          of a file on a disk    of a file in memory    of no file
 *      without swap        goes                   stays: SIGKILL         stays: SIGKILL
 *      with swap           goes                   goes                   goes
 *
 * And what is read ahead of use counts before it is of any: with a readahead of 8 MiB in a group of
 * 4 MiB a process was killed in 15 runs of 20 on Linux 6.18 as it read its file again, with clean
 * pages in the group; in none of 20 without readahead. So here nothing is read ahead.
 *
 * Look with: mincore(2); oom_kill in memory.events (v2) or memory.oom_control (v1).
 * Read on:   cgroups(7), tmpfs(5), memfd_create(2); document 004 sections 12.4, 12.5 and 21.3.
 */
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>
#include <touchstone/members.h>

EXPERIMENT("Nobody is killed while something can go");

enum {
	LIMIT = 1024,
	CACHED = LIMIT,
	OWN = LIMIT * 3 / 4,
	WANTED = LIMIT * 5 / 4,
	PIECE = 16,
	SEED = 2
};

/*
 * The life of a member of the group that brings a file into its memory first, then pages of its
 * own.
 */
struct life {
	struct member member;
	bool came_through;
	size_t cached_before, cached_after; /* pages of the file in memory */
};

/*
 * The pages of a file on a disk are read, and so never dirty: those would have to be written
 * first.
 */
static void bring(int file, size_t count)
{
	static char piece[PIECE * 64 * 1024];

	arrange(page_size() <= sizeof piece / PIECE);
	for (size_t i = 0; i < count; i += PIECE) {
		read_at(file, piece, PIECE * page_size(), i * page_size());
	}
}

static struct life live_in(const struct memory_group *group, int file_on_disk, size_t cached)
{
	char *own = fresh_pages(OWN, MAP_PRIVATE);
	struct life life = {.cached_before = 0};

	if (start_member(&life.member)) {
		enter_memory_group(group);

		int fd = file_on_disk < 0 ? memory_file(cached, SEED) : file_on_disk;
		char *file = fresh_mapping(cached, MAP_SHARED, fd);
		size_t before, after;

		arrange(posix_fadvise(fd, 0, 0, POSIX_FADV_RANDOM) == 0);
		arrange(madvise(file, cached * page_size(), MADV_RANDOM) == 0);
		bring(fd, cached);
		before = count_in_memory(file, cached);
		arrange(tell(&life.member, &before, sizeof before));
		write_pattern(own, OWN * page_size(), SEED + 1);
		after = count_in_memory(file, cached);
		arrange(tell(&life.member, &after, sizeof after));
		_exit(holds_pattern(own, OWN, SEED + 1) && holds_pattern(file, cached, SEED) ? 0
											     : 1);
	}
	life.came_through = hear(&life.member, &life.cached_before, sizeof life.cached_before) &&
			    hear(&life.member, &life.cached_after, sizeof life.cached_after);
	return life;
}

CLAIM(the_cache_goes_first, "pressure-12",
      "Where clean pages of a file have filled the group they go, and nobody is killed or loses a "
      "byte",
      .needs = MEMORY_CGROUP | DISK_FILE, .alone = "memory cgroup")
{
	int file = cold_file(CACHED, SEED);
	struct memory_group group = group_that_kills(LIMIT * page_size());
	struct life life = live_in(&group, file, CACHED);

	assert_equals(end_of_member(&life.member), 0, "the signal that ended it");
	assert_equals(memory_group_kills(&group), 0, "processes of the group killed");
	if (life.cached_before < CACHED / 2) {
		undecided("needs a machine where nobody else drops caches just now");
	}
	assert_at_most(life.cached_after, LIMIT - OWN, "pages of the file still in memory");
}

CLAIM(swap_goes_before_a_kill, "pressure-12",
      "Where pages of no file can be swapped they go, and nobody is killed or loses a byte",
      .needs = MEMORY_CGROUP | SWAP | PAGE_STATES, .alone = "swap")
{
	guard_quick_swap(2 * LIMIT * page_size());

	struct memory_group group = guard_memory_group(LIMIT * page_size());
	char *own = fresh_pages(WANTED, MAP_PRIVATE);
	struct member member;

	if (start_member(&member)) {
		enter_memory_group(&group);
		write_pattern(own, WANTED * page_size(), SEED);
		arrange(tell_step(&member));
		hear_step(&member);
		_exit(holds_pattern(own, WANTED, SEED) ? 0 : 1);
	}
	if (hear_step(&member)) {
		assert_at_least(count_swapped(observe_pages_of(member.pid, "own", own, WANTED)),
				WANTED - LIMIT, "pages in swap");
	}
	assert_equals(end_of_member(&member), 0, "the signal that ended it");
	assert_equals(memory_group_kills(&group), 0, "processes of the group killed");
}

CONTROL(a_file_in_memory_cannot_go, "pressure-12",
	"Pages of a file in memory are cache as well, and do not go: without swap SIGKILL comes",
	.needs = MEMORY_CGROUP, .alone = "memory cgroup")
{
	struct memory_group group = group_that_kills(LIMIT * page_size());
	struct life life = live_in(&group, -1, CACHED / 2);

	assert_equals(life.cached_before, CACHED / 2, "pages of the file in memory");
	assert_equals(end_of_member(&life.member), SIGKILL, "the signal that ended it");
	assert_equals(life.came_through, false, "1: it had got all its pages");
	assert_equals(memory_group_kills(&group), 1, "processes of the group killed");
}
