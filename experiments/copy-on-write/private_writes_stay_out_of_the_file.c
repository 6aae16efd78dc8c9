/* SPDX-License-Identifier: MIT */
/*
 * What is written privately stays out of the file
 * ===============================================
 *
 * Changes to a private object, says document 002, are seen by no other process and are "not
 * reflected back to the object on disk". That is a promise: no other mapping, shared or private, no
 * read(2), no msync(2), no end of the writer ever brings the bytes out.
 *
 *                 private writer      any other view, read(2)
 *                  [ w w w w ]             [ f f f f ]
 *                  own copies    --/-->    the file, in the page cache
 *                                msync, fsync, munmap, exit
 *
 * Look with: nothing but eyes: loads, and read(2) on the file.
 * Read on:   mmap(2) MAP_PRIVATE, msync(2); document 002 "Shared Objects Revisited".
 */
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("What is written privately stays out of the file");

enum { PAGES = 4, IN_FILE = 1, PRIVATELY = 2 };

/* The file holds the pattern: for read(2), for a new mapping, and for one that stands. */
static void assert_file_holds(int fd, const char *standing, unsigned seed)
{
	char *read = fresh_pages(PAGES, MAP_PRIVATE);

	read_at(fd, read, PAGES * page_size(), 0);
	assert_pattern(read, PAGES * page_size(), seed, "what read(2) finds in the file");
	assert_pattern(fresh_mapping(PAGES, MAP_SHARED, fd), PAGES * page_size(), seed,
		       "a new shared view");
	assert_pattern(fresh_mapping(PAGES, MAP_PRIVATE, fd), PAGES * page_size(), seed,
		       "a new private view");
	assert_pattern(standing, PAGES * page_size(), seed, "the view that stood before");
}

CLAIM(nobody_sees_private_writes, "cow-05",
      "No byte of a private write reaches the file or another mapping, while the writer lives")
{
	int fd = scratch_file(PAGES, IN_FILE);
	char *standing = fresh_mapping(PAGES, MAP_PRIVATE, fd);
	struct child writer;

	START_CHILD(writer) {
		char *own = fresh_mapping(PAGES, MAP_PRIVATE, fd);

		write_pattern(own, PAGES * page_size(), PRIVATELY);
		hand_over();
		assert_pattern(own, PAGES * page_size(), PRIVATELY, "what the writer reads");
	}
	assert_file_holds(fd, standing, IN_FILE);
	end_child(&writer);
}

CLAIM(no_flush_and_no_end_brings_them_out, "cow-05",
      "Nor do they reach it by msync(2), fsync(2), munmap(2) or the writer's end")
{
	int fd = scratch_file(PAGES, IN_FILE);
	char *standing = fresh_mapping(PAGES, MAP_SHARED, fd);

	IN_CHILD {
		char *own = fresh_mapping(PAGES, MAP_PRIVATE, fd);
		char *other = fresh_mapping(PAGES, MAP_PRIVATE, fd);

		write_pattern(own, PAGES * page_size(), PRIVATELY);
		write_pattern(other, PAGES * page_size(), PRIVATELY);
		assert_accepted(msync(own, PAGES * page_size(), MS_SYNC));
		assert_accepted(fsync(fd));
		assert_file_holds(fd, standing, IN_FILE);
		assert_accepted(munmap(other, PAGES * page_size()));
		assert_file_holds(fd, standing, IN_FILE);
	}
	assert_file_holds(fd, standing, IN_FILE);
}

CONTROL(shared_writes_do_reach_the_file, "cow-05",
	"The same writes through MAP_SHARED are seen by read(2) and by every mapping")
{
	int fd = scratch_file(PAGES, IN_FILE);
	char *standing = fresh_mapping(PAGES, MAP_PRIVATE, fd);

	IN_CHILD {
		write_pattern(fresh_mapping(PAGES, MAP_SHARED, fd), PAGES * page_size(), PRIVATELY);
	}
	assert_file_holds(fd, standing, PRIVATELY);
}
