/* SPDX-License-Identifier: MIT */
/*
 * A scan tells what was written since the last one
 * ================================================
 *
 * Soft-dirty bits are cleared for a whole process at once, and between reading and clearing
 * them a store gets lost. PAGEMAP_SCAN does both in one step, and for a range of one's choice. The
 * range is registered with userfaultfd(2) for asynchronous write protection: the kernel repairs
 * the first store to a protected page by itself, tells nobody, and notes that the page is
 * written. A scan that protects what it finds returns the pages written since the last such scan.
 *
 *      scan, protecting       all pages                   the beginning
 *      stores to 3 and 5      - - - x - x - -             one fault each, nobody is called
 *      scan, protecting       3 and 5
 *      scan, protecting       none
 *
 * Look with: PAGEMAP_SCAN; getrusage(2).
 * Read on:   the kernel's pagemap.rst (Linux 6.7), userfaultfd.rst "Write Protect Notifications".
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/experiment.h>
#include <touchstone/page_scan.h>

EXPERIMENT("A scan tells what was written since the last one");

#define WP_ASYNC (1ULL << 15)
#ifndef UFFD_USER_MODE_ONLY
#define UFFD_USER_MODE_ONLY 1
#endif

enum { PAGES = 8, AND_PROTECT = SCAN_PROTECTS | SCAN_INSISTS };

/* Tells the written pages, a letter a page: x written, - not; or -1 and errno. */
static int scan(char *area, uint64_t flags, char written[PAGES + 1])
{
	struct page_region regions[PAGES];
	struct page_scan scan = {.size = sizeof scan, .flags = flags, .region_count = PAGES};
	int fd = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC), count;

	arrange(fd >= 0);
	scan.start = (uintptr_t)area;
	scan.end = (uintptr_t)page(area, PAGES);
	scan.regions = (uintptr_t)regions;
	scan.wanted = scan.told = PAGE_WRITTEN;
	count = ioctl(fd, SCAN_PAGES, &scan);
	close(fd);
	memset(written, '-', PAGES);
	written[PAGES] = 0;
	for (int i = 0; i < count; i++) {
		memset(written + (regions[i].start - scan.start) / page_size(), 'x',
		       (regions[i].end - regions[i].start) / page_size());
	}
	return count;
}

static void assert_written(char *area, uint64_t flags, const char *expected)
{
	char written[PAGES + 1];

	assert_accepted(scan(area, flags, written));
	evidence("written", "%s", written);
	if (strcmp(written, expected) != 0) {
		broken(HERE, expected, "%s", written);
	}
}

/* Filled pages under asynchronous write protection, all of them protected. */
static char *watched_pages(void)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1), written[PAGES + 1];
	struct uffdio_api api = {.api = UFFD_API, .features = WP_ASYNC};
	struct uffdio_register all = {.range = {(uintptr_t)area, PAGES * page_size()},
				      .mode = UFFDIO_REGISTER_MODE_WP};
	int fd = (int)syscall(SYS_userfaultfd, O_CLOEXEC | UFFD_USER_MODE_ONLY);

	if (fd < 0 || ioctl(fd, UFFDIO_API, &api) != 0 || ioctl(fd, UFFDIO_REGISTER, &all) != 0) {
		undecided("needs userfaultfd with asynchronous write protection: Linux 6.7");
	}
	arrange(scan(area, AND_PROTECT, written) == 1);
	return area;
}

CLAIM(it_tells_just_the_written_pages, "pagescan-05 ptable-20",
      "Each scan that protects tells the pages written since the last, and the next one none",
      .needs = PAGE_SCAN)
{
	char *area = watched_pages();

	for (int round = 0; round < 2; round++) {
		assert_written(area, AND_PROTECT, "--------");
		store(page(area, 3), 'x');
		store(page(area, 5), 'y');
		store(page(area, 6) - 1, 'z');
		assert_written(area, AND_PROTECT, "---x-x--");
		store(page(area, 5), 'x');
		assert_written(area, AND_PROTECT, "-----x--");
		store_each(area, PAGES, 'a');
		assert_written(area, AND_PROTECT, "xxxxxxxx");
	}
}

CLAIM(the_kernels_stores_count, "pagescan-06",
      "Loads are not told, and what read(2) stores into a page is told like any store",
      .needs = PAGE_SCAN)
{
	char *area = watched_pages();
	int fd = memory_file(1, 2);

	assert_pattern(area, PAGES * page_size(), 1, "what is loaded of all pages");
	assert_equals(pwrite(fd, area, page_size(), 0), page_size(), "bytes the kernel read of it");
	assert_written(area, AND_PROTECT, "--------");
	assert_equals(pread(fd, page(area, 3) - 1, 2, 0), 2, "bytes stored across a border");
	assert_written(area, AND_PROTECT, "--xx----");
}

CLAIM(a_first_store_costs_a_fault, "pagescan-07",
      "The first store to each protected page is one minor fault and no signal, the second none",
      .needs = PAGE_SCAN | FAULT_COUNTS)
{
	char *area = watched_pages();

	for (int round = 0; round < 2; round++) {
		store(area, 'x');
		assert_equals(faults_of(store_each(page(area, 1), PAGES - 1, 'y')).minor, PAGES - 1,
			      "minor faults of the first store to each page");
		assert_equals(faults_of(store_each(area, PAGES, 'z')).minor, 0,
			      "minor faults of the second store");
		assert_written(area, AND_PROTECT, "xxxxxxxx");
	}
}

CONTROL(who_only_looks_is_told_again, "pagescan-05 pagescan-06 pagescan-07 ptable-20",
	"A scan that does not protect tells the same pages each time, and other memory is refused",
	.needs = PAGE_SCAN)
{
	char *area = watched_pages(), written[PAGES + 1];

	store(page(area, 3), 'x');
	assert_written(area, SCAN_INSISTS, "---x----");
	assert_written(area, SCAN_INSISTS, "---x----");
	assert_written(area, AND_PROTECT, "---x----");
	assert_written(area, SCAN_INSISTS, "--------");
	area = filled_pages(PAGES, MAP_PRIVATE, 1);
	assert_refused(scan(area, AND_PROTECT, written), EPERM);
}
