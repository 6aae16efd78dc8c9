/* SPDX-License-Identifier: MIT */
/*
 * Locked pages are never victims
 * ==============================
 *
 * "The OS must choose a victim page to evict" (document 004, section 11), and "some pages must stay
 * pinned" (17.5), which are no candidates. A program can have that for its own: mlock(2) takes
 * pages off the lists that victims are looked for in. However idle they are, and however short
 * memory is, they stay; those beside them go in their stead.
 *
 *      file     f f f f f f f f L L L L f f f f f f f f       L: locked
 *      later    . . . . . . . . L L L L . . . . . . . .
 *
 * Most kernel choices can only be told by majorities. This one is exact: each locked page is there.
 *
 * Look with: mincore(2) and bit 62 of /proc/PID/pagemap, in a memory cgroup of our own.
 * Read on:   mlock(2), Documentation/mm/unevictable-lru.rst; document 004 sections 11 and 17.5.
 */
#include <fcntl.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("Locked pages are never victims");

enum {
	LIMIT = 512,
	SET = 128,
	FIRST = 56,
	LOCKED = 16, /* as many as LOCKABLE_MEMORY promises */
	BEHIND = FIRST + LOCKED,
	PRESSURE = 2 * LIMIT,
	PIECE = 16,
	SEED = 5
};

/* Nothing is read ahead but what is asked for: that could fill the group by itself. */
static char *cold_pages(size_t count)
{
	char *area = fresh_mapping(count, MAP_SHARED, cold_file(count, SEED));

	arrange(madvise(area, count * page_size(), MADV_RANDOM) == 0);
	return area;
}

/* The set is as it was; the locked pages are loaded first, for the others may have to be read. */
static void assert_intact(const char *set)
{
	struct faults spent = faults_of(load_each(page(set, FIRST), LOCKED));

	assert_equals(spent.minor + spent.major, 0, "faults of loads from the locked pages");
	assert_pattern(set, SET * page_size(), SEED, "the set");
}

CLAIM(locked_pages_of_a_file_stay, "replace-24",
      "While the walk through a large file takes their neighbours, locked pages of a file stay",
      .needs = MEMORY_CGROUP | DISK_FILE | LOCKABLE_MEMORY | FAULT_COUNTS, .alone = "memory cgroup")
{
	char *set = cold_pages(SET), *walked = cold_pages(PRESSURE);
	struct memory_group group = guard_memory_group(LIMIT * page_size());

	enter_memory_group(&group);
	arrange(mlock(page(set, FIRST), LOCKED * page_size()) == 0);
	load_each(set, SET);
	for (size_t i = 0; i < PRESSURE; i += PIECE) {
		arrange(madvise(page(walked, i), PIECE * page_size(), MADV_WILLNEED) == 0);
		load_each(page(walked, i), PIECE);
	}
	assert_at_most(count_in_memory(set, FIRST), FIRST / 2, "pages before them in memory");
	assert_equals(count_in_memory(page(set, FIRST), LOCKED), LOCKED, "locked pages in memory");
	assert_at_most(count_in_memory(page(set, BEHIND), SET - BEHIND), (SET - BEHIND) / 2,
		       "pages behind them in memory");
	assert_intact(set);
}

CLAIM(locked_memory_stays, "replace-24",
      "While memory is filled and their neighbours are swapped out, locked pages stay",
      .needs = MEMORY_CGROUP | SWAP | PAGE_STATES | LOCKABLE_MEMORY | FAULT_COUNTS, .alone = "swap")
{
	char *set = fresh_pages(SET, MAP_PRIVATE), *filled = fresh_pages(PRESSURE, MAP_PRIVATE);

	guard_quick_swap(PRESSURE * page_size());

	struct memory_group group = guard_memory_group(LIMIT * page_size());

	enter_memory_group(&group);
	write_pattern(set, SET * page_size(), SEED);
	arrange(mlock(page(set, FIRST), LOCKED * page_size()) == 0);
	store_each(filled, PRESSURE, 'f');
	assert_at_least(count_swapped(observe_pages("before", set, FIRST)), FIRST / 2,
			"pages before them in swap");
	assert_strip(observe_pages("locked", page(set, FIRST), LOCKED), "p");
	assert_at_least(count_swapped(observe_pages("behind", page(set, BEHIND), SET - BEHIND)),
			(SET - BEHIND) / 2, "pages behind them in swap");
	assert_intact(set);
}

CLAIM(nobody_can_ask_them_to_go, "replace-24",
      "Locked pages of a file stay whoever asks: MADV_PAGEOUT is refused, DONTNEED leaves them",
      .needs = DISK_FILE | LOCKABLE_MEMORY)
{
	int fd = disk_file(LOCKED, SEED);
	char *area = fresh_mapping(LOCKED, MAP_SHARED, fd);

	arrange(mlock(area, LOCKED * page_size()) == 0);
	for (int time = 0; time < 2; time++) {
		assert_refused(madvise(area, LOCKED * page_size(), MADV_PAGEOUT), EINVAL);
		assert_equals(posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED), 0, "posix_fadvise(2)");
		assert_equals(count_in_memory(area, LOCKED), LOCKED, "pages in memory");
	}
	assert_pattern(area, LOCKED * page_size(), SEED, "the file");
}

CONTROL(once_unlocked_they_go, "replace-24",
	"When they are unlocked the same pages go at the same advice",
	.needs = DISK_FILE | LOCKABLE_MEMORY)
{
	size_t left = LOCKED;

	if (madvise(fresh_pages(1, MAP_PRIVATE), page_size(), MADV_PAGEOUT) != 0) {
		undecided("needs MADV_PAGEOUT: Linux 5.4");
	}
	for (int attempt = 0; attempt < 10 && left > 0; attempt++) {
		char *area = fresh_mapping(LOCKED, MAP_SHARED, disk_file(LOCKED, SEED));

		arrange(mlock(area, LOCKED * page_size()) == 0);
		arrange(munlock(area, LOCKED * page_size()) == 0);
		assert_accepted(madvise(area, LOCKED * page_size(), MADV_PAGEOUT));
		left = count_in_memory(area, LOCKED);
	}
	assert_equals(left, 0, "pages in memory");
}
