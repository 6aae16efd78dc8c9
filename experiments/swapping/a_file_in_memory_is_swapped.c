/* SPDX-License-Identifier: MIT */
/*
 * A file in memory is swapped
 * ===========================
 *
 * A file of tmpfs, be it in /dev/shm or made by memfd_create(2), looks like any other: it is read, written
 * and mapped. But there is no disk below it. When its pages have to leave memory they go to
 * swap, where a file on a disk would get them back (document 004, 12.2 and 15); and whoever reads the
 * file then, through whatever door, finds its bytes.
 *
 *      file on a disk      page cache  <-->  its disk
 *      file in memory      page cache  <-->  swap
 *
 * So "in memory" is not a promise that it costs no disk, and a large /tmp on tmpfs fills the swap area.
 *
 * Look with: Swap in /proc/PID/smaps, which counts for a mapped file in memory what is in swap.
 * Read on:   tmpfs(5), memfd_create(2), shm_open(3), madvise(2) MADV_PAGEOUT; document 004.
 */
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A file in memory is swapped");

enum { PAGES = 16, ATTEMPTS = 10, SEED = 3 };

/* Private memory can be swapped here, and there is room for more. */
static void find_swap(void)
{
	guard_swap((ATTEMPTS + 1) * PAGES * page_size());
	arrange(munmap(swapped_pages(PAGES, 1), PAGES * page_size()) == 0);
}

/* The pages of the file, of which this is the only mapping: how many are in swap when they are to go. */
static size_t evict(char *area)
{
	size_t swapped = 0;

	write_pattern(area, PAGES * page_size(), SEED);
	for (int attempt = 0; attempt < ATTEMPTS && swapped < PAGES; attempt++) {
		if (madvise(area, PAGES * page_size(), MADV_PAGEOUT) != 0) {
			undecided("needs MADV_PAGEOUT: Linux 5.4");
		}
		swapped = observe_usage("to go", area, PAGES * page_size()).swap / page_size();
	}
	return swapped;
}

/* A memfd that is all in swap. */
static int evicted_memfd(char **area)
{
	size_t swapped = 0;
	int fd = -1;

	find_swap();
	for (int attempt = 0; attempt < ATTEMPTS && swapped < PAGES; attempt++) {
		fd = memory_file(PAGES, 1);
		need_single_pages(fd, PAGES);
		*area = fresh_mapping(PAGES, MAP_SHARED, fd);
		swapped = evict(*area);
	}
	assert_equals(swapped, PAGES, "pages of a memfd in swap");
	return fd;
}

/* What read(2) finds in the file. */
static void assert_file_holds(int fd, unsigned seed)
{
	static char seen[PAGES * 64 * 1024];

	arrange(PAGES * page_size() <= sizeof seen);
	read_at(fd, seen, PAGES * page_size(), 0);
	assert_pattern(seen, PAGES * page_size(), seed, "what read(2) finds");
}

CLAIM(a_memfd_is_swapped, "swap-07",
      "Pages of a memfd are all in swap; read(2) and a load find their bytes there",
      .needs = SWAP | PAGE_STATES | AREA_USAGE, .alone = "swap")
{
	char *area;
	int fd = evicted_memfd(&area);

	assert_file_holds(fd, SEED);
	assert_pattern(area, PAGES * page_size(), SEED, "what came back");
}

CLAIM(another_process_finds_its_bytes, "swap-07",
      "Another process that maps a memfd finds what is in swap, and what it stores is seen",
      .needs = SWAP | PAGE_STATES | AREA_USAGE, .alone = "swap")
{
	char *area;
	int fd = evicted_memfd(&area);

	IN_CHILD {
		char *view = fresh_mapping(PAGES, MAP_SHARED, fd);

		store(page(view, PAGES - 1), load(page(view, PAGES - 1))); /* a store comes first */
		assert_pattern(view, PAGES * page_size(), SEED, "another process's view");
		write_pattern(view, PAGES * page_size(), SEED + 1);
	}
	assert_pattern(area, PAGES * page_size(), SEED + 1, "what the other one has stored");
	assert_file_holds(fd, SEED + 1);
}

CLAIM(a_file_of_tmpfs_is_swapped, "swap-07",
      "Pages of a file in /dev/shm are all in swap; read(2) and a load find their bytes there",
      .needs = SWAP | PAGE_STATES | AREA_USAGE | POSIX_MEMORY, .alone = "swap")
{
	const char *name = guard_shared_name();

	find_swap();

	int fd = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600);

	arrange(fd >= 0 && shm_unlink(name) == 0);
	if (posix_fallocate(fd, 0, (off_t)(PAGES * page_size())) != 0) {
		undecided("needs room in /dev/shm");
	}

	char *area = fresh_mapping(PAGES, MAP_SHARED, fd);

	if (evict(area) < PAGES) {
		undecided("needs a /dev/shm that may be swapped: a tmpfs not mounted noswap");
	}
	assert_file_holds(fd, SEED);
	assert_pattern(area, PAGES * page_size(), SEED, "what came back");
}

CONTROL(a_file_on_a_disk_is_not_swapped, "swap-07",
	"The same steps over a file of a disk file system put none of it into swap",
	.needs = SWAP | PAGE_STATES | AREA_USAGE | DISK_FILE, .alone = "swap")
{
	int fd = disk_file(PAGES, 1);
	char *area = fresh_mapping(PAGES, MAP_SHARED, fd);

	find_swap();
	assert_equals(evict(area), 0, "pages of a file on a disk in swap");
	assert_file_holds(fd, SEED);
	assert_pattern(area, PAGES * page_size(), SEED, "what the pages hold");
}
