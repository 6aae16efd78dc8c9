/* SPDX-License-Identifier: MIT */
/*
 * A hole gets its blocks when it is written
 * =========================================
 *
 * A file may be longer than what it stores. Where nothing was ever written there is a hole: no
 * block of the disk, and yet bytes that can be read, all zero. Mapped, it is lazy memory over lazy
 * disk. A load brings a page of zeros into the page cache and still takes no block. Only a store
 * does, for its page and at the latest when the page is written back.
 *
 *      pages        0   1   2   3   4   5   6   7
 *      file        [d] --- --- --- --- --- --- ---       one page stored, a hole behind it
 *      loads       [d] 000 000 000 000 000 000 000       zeros; no block more
 *      a store     [d] --- --- --- --- [s] --- ---       its blocks are taken
 *
 * A program that stores into a hole takes room on the disk without a call that could tell it "disk
 * full". It would get SIGBUS.
 *
 * Look with: fstat(2), st_blocks, on a file system with a disk; in memory a load takes a page,
 *            too.
 * Read on:   lseek(2) SEEK_HOLE, ftruncate(2), inode(7) st_blocks; documents 002, introduction,
 *            and 004 section 16.
 */
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A hole gets its blocks when it is written");

enum { PAGES = 64, STORED = 1, AT = 37, SEED = 5 };

static long blocks_of(int fd)
{
	struct stat file;

	arrange(fstat(fd, &file) == 0);
	return (long)file.st_blocks;
}

/* One page that is stored, and a hole up to PAGES pages. */
static int with_hole(int fd)
{
	arrange(ftruncate(fd, (off_t)(PAGES * page_size())) == 0);
	return fd;
}

static void assert_hole_is_zero(const char *area, const char *what)
{
	assert_pattern(area, STORED * page_size(), SEED, "the page that is stored");
	assert_all_bytes(page(area, STORED), (PAGES - STORED) * page_size(), 0, what);
}

/* Not every file system keeps holes, and some tell of their blocks only later. */
static void needs_holes_and_counts(void)
{
	int fd = disk_file(STORED, SEED);
	long before = blocks_of(fd);

	with_hole(fd);
	arrange(fsync(fd) == 0);
	if (blocks_of(fd) != before) {
		undecided("needs a file system that keeps holes: another TMPDIR");
	}
	write_at(fd, filled_pages(1, MAP_PRIVATE, SEED), page_size(), AT * page_size());
	arrange(fsync(fd) == 0);
	if (blocks_of(fd) <= before) {
		undecided(
			"needs a file system that tells at once what a file takes: another TMPDIR");
	}
}

CLAIM(a_hole_reads_as_zeros, "mapfile-22",
      "Each byte of a hole is zero, through mappings of either kind and through read(2)")
{
	int fd = with_hole(scratch_file(STORED, SEED));
	char *buffer = fresh_pages(PAGES, MAP_PRIVATE);

	assert_hole_is_zero(fresh_mapping(PAGES, MAP_PRIVATE, fd), "the hole, mapped privately");
	assert_hole_is_zero(fresh_mapping(PAGES, MAP_SHARED, fd), "the hole, mapped shared");
	assert_equals(pread(fd, buffer, PAGES * page_size(), 0), PAGES * page_size(), "bytes read");
	assert_hole_is_zero(buffer, "the hole, read");
}

CLAIM(a_store_into_a_hole_stays, "mapfile-22",
      "What is stored into a hole is in the file, and all around it there are still zeros")
{
	int fd = with_hole(scratch_file(STORED, SEED));
	char *area = fresh_mapping(PAGES, MAP_SHARED, fd),
	     *buffer = fresh_pages(PAGES, MAP_PRIVATE);

	store(page(area, AT) + 3, 's');
	assert_accepted(msync(area, PAGES * page_size(), MS_SYNC));
	assert_equals(pread(fd, buffer, PAGES * page_size(), 0), PAGES * page_size(), "bytes read");
	assert_byte(page(buffer, AT) + 3, 's', "the byte that was stored");
	store(page(buffer, AT) + 3, 0);
	assert_hole_is_zero(buffer, "all other bytes");
}

CLAIM(loads_take_no_block, "mapfile-22",
      "Loading every page of a hole, shared or private, takes no block of the disk",
      .needs = DISK_FILE)
{
	needs_holes_and_counts();

	int fd = with_hole(disk_file(STORED, SEED));
	long before = blocks_of(fd);

	load_each(fresh_mapping(PAGES, MAP_SHARED, fd), PAGES);
	load_each(fresh_mapping(PAGES, MAP_PRIVATE, fd), PAGES);
	arrange(fsync(fd) == 0);
	assert_equals(blocks_of(fd), before, "blocks of the file");
}

CLAIM(a_store_takes_blocks, "mapfile-22",
      "One store into a hole, once written back, takes blocks; those of all pages are more",
      .needs = DISK_FILE)
{
	needs_holes_and_counts();

	int fd = with_hole(disk_file(STORED, SEED));
	long before = blocks_of(fd), one;
	char *area = fresh_mapping(PAGES, MAP_SHARED, fd);

	store(page(area, AT), 's');
	assert_accepted(msync(area, PAGES * page_size(), MS_SYNC));
	one = blocks_of(fd);
	assert_at_least(one, before + 1, "blocks after one store");
	write_pattern(area, PAGES * page_size(), SEED);
	assert_accepted(msync(area, PAGES * page_size(), MS_SYNC));
	assert_at_least(blocks_of(fd), one + 1, "blocks after a store to every page");
}

CONTROL(a_private_store_takes_none, "mapfile-22",
	"Stores into a private mapping of the hole take no block, and the hole stays zero",
	.needs = DISK_FILE)
{
	needs_holes_and_counts();

	int fd = with_hole(disk_file(STORED, SEED));
	long before = blocks_of(fd);
	char *area = fresh_mapping(PAGES, MAP_PRIVATE, fd);

	store_each(area, PAGES, 's');
	arrange(msync(area, PAGES * page_size(), MS_SYNC) == 0 && fsync(fd) == 0);
	assert_equals(blocks_of(fd), before, "blocks of the file");
	assert_hole_is_zero(fresh_mapping(PAGES, MAP_SHARED, fd), "the hole");
}
