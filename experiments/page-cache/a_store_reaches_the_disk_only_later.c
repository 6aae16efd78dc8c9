/* SPDX-License-Identifier: MIT */
/*
 * A store reaches the disk only later
 * ===================================
 *
 * Document 002 says that changes to a shared object are "reflected back to the object on disk".
 * They are, but not by the store. What a store changes is a page of the page cache, which is dirty
 * from then on: read(2) and every mapping show the new bytes, the disk still has the old ones. The
 * page becomes clean when it is written, and msync(2) with MS_SYNC waits for that. MS_ASYNC, which
 * sounds as if it started writing, starts nothing on Linux: the page was dirty before, and will be
 * written in due time anyway.
 *
 *      store       dirty . . # # # . . .     page cache new      disk old
 *      MS_ASYNC          . . # # # . . .                new           old
 *      MS_SYNC           . . . . . . . .                new           new
 *
 * The kernel may write earlier, whenever it likes. So that a page *stays* dirty is tried several
 * times, and has to be seen once.
 *
 * Look with: Shared_Dirty and Private_Dirty in /proc/PID/smaps.
 * Read on:   msync(2), proc(5) smaps; documents 002 "Shared Objects Revisited", 004 section 16.2.
 */
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A store reaches the disk only later");

enum { PAGES = 16, FIRST = 3, WRITTEN = 5, OLD = 5, NEW = 6, TRIES = 10, LARGEST_PAGE = 64 * 1024 };

static size_t length(void)
{
	return PAGES * page_size();
}

static size_t dirty_bytes(const char *label, const char *area)
{
	return observe_usage(label, area, length()).dirty;
}

/* A mapping of a file that is on the disk, all of it clean. */
static char *clean_file(int sharing, int *fd)
{
	*fd = disk_file(PAGES, OLD);

	char *area = fresh_mapping(PAGES, sharing, *fd);

	load_each(area, PAGES);
	return area;
}

/* The same, and then five pages are written. */
static char *written_file(int sharing, int *fd)
{
	char *area = clean_file(sharing, fd);

	for (size_t i = FIRST; i < FIRST + WRITTEN; i++) {
		pattern_bytes(page(area, i), page_size(), NEW, i * page_size());
	}
	return area;
}

/* New in the five pages, and old in the others. */
static void assert_content(const char *seen, const char *what)
{
	static char expected[PAGES * LARGEST_PAGE];

	arrange(length() <= sizeof expected);
	pattern_bytes(expected, length(), OLD, 0);
	pattern_bytes(page(expected, FIRST), WRITTEN * page_size(), NEW, FIRST * page_size());
	assert_same_bytes(seen, expected, length(), what);
}

CLAIM(written_pages_are_dirty_until_synchronised, "mapfile-03 msync-06",
      "Stores make just their pages dirty, read(2) shows them, and after MS_SYNC none is dirty",
      .needs = DISK_FILE | AREA_USAGE)
{
	static char content[PAGES * LARGEST_PAGE];
	size_t dirty = 0;
	int fd;

	arrange(length() <= sizeof content);
	assert_equals(dirty_bytes("before any store", clean_file(MAP_SHARED, &fd)), 0,
		      "dirty bytes before any store");
	for (size_t i = 0; i < TRIES && dirty != WRITTEN * page_size(); i++) {
		char *area = written_file(MAP_SHARED, &fd);

		dirty = dirty_bytes("after the stores", area);
		arrange(pread(fd, content, length(), 0) == (ssize_t)length());
		assert_content(content, "read(2) of the file");
		assert_accepted(msync(area, length(), MS_SYNC));
		assert_equals(dirty_bytes("after MS_SYNC", area), 0, "dirty bytes after MS_SYNC");
		assert_content(area, "the mapping");
	}
	assert_equals(dirty, WRITTEN * page_size(), "dirty bytes after stores to five pages");
}

CLAIM(the_disk_has_them_then, "mapfile-03 msync-06",
      "What was synchronised comes back from the disk when the page cache has been emptied",
      .needs = DISK_FILE)
{
	int fd;
	char *area = written_file(MAP_SHARED, &fd);

	assert_accepted(msync(area, length(), MS_SYNC));
	arrange(munmap(area, length()) == 0);
	make_cold(fd, PAGES);
	assert_content(fresh_mapping(PAGES, MAP_SHARED, fd), "the file, read back from the disk");
}

CLAIM(to_ask_for_later_starts_nothing, "mapfile-05 msync-07",
      "MS_ASYNC, or no flag, leaves as many pages dirty as before", .needs = DISK_FILE | AREA_USAGE)
{
	const int flags[] = {MS_ASYNC, 0, MS_INVALIDATE};

	for (size_t f = 0; f < 3; f++) {
		size_t dirty = 0;
		int fd;

		for (size_t i = 0; i < TRIES && dirty != WRITTEN * page_size(); i++) {
			char *area = written_file(MAP_SHARED, &fd);

			assert_accepted(msync(area, length(), flags[f]));
			dirty = dirty_bytes("after msync(2)", area);
			assert_content(area, "the mapping");
		}
		assert_equals(dirty, WRITTEN * page_size(), "dirty bytes after msync(2)");
	}
}

CONTROL(private_copies_have_no_disk, "mapfile-03 mapfile-05 msync-06 msync-07",
	"Stores through a private mapping are dirty for good: MS_SYNC writes nothing, cleans "
	"nothing",
	.needs = DISK_FILE | AREA_USAGE)
{
	int fd;
	char *area = written_file(MAP_PRIVATE, &fd);

	assert_equals(dirty_bytes("after the stores", area), WRITTEN * page_size(), "dirty bytes");
	assert_accepted(msync(area, length(), MS_SYNC));
	arrange(fsync(fd) == 0);
	assert_equals(dirty_bytes("after MS_SYNC", area), WRITTEN * page_size(), "dirty bytes");
	assert_content(area, "the private mapping");
	assert_pattern(fresh_mapping(PAGES, MAP_SHARED, fd), length(), OLD, "the file");
}
