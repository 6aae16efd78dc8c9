/* SPDX-License-Identifier: MIT */
/*
 * A mapping of a file needs a descriptor that fits; a mapping of nothing needs none
 * =================================================================================
 *
 * What mmap(2) may promise depends on how the file was opened, and it is settled when the mapping
 * is made, not when the first store comes. A shared mapping writes into the file: for
 * PROT_WRITE the descriptor must have been opened for reading and writing. A private mapping only
 * reads it, whatever is stored later. And every mapping reads, so that a descriptor for writing
 * only is no use at all. With MAP_ANONYMOUS there is no file: the descriptor is not even
 * looked at, and the memory is zeros.
 *
 *      opened for        SHARED, read    SHARED, write    PRIVATE, write    ANONYMOUS
 *      read and write    works           works            works             zeros
 *      read              works           EACCES           works             zeros
 *      write             EACCES          EACCES           EACCES            zeros
 *
 * Document 003 speaks of the errors of memory accesses that violate access rights; this
 * one comes earlier, when the mapping is made.
 *
 * Look with: errno, and the bytes of the file and of the mapping.
 * Read on:   mmap(2) "ERRORS", mprotect(2); documents 002 "User-Level Memory Mapping", 003.
 */
#include <fcntl.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("A mapping of a file needs a descriptor that fits, one of nothing needs none");

enum { PAGES = 2, LARGEST_PAGE = 64 * 1024 };

static void *map_it(int prot, int flags, int fd)
{
	return mmap(NULL, PAGES * page_size(), prot, flags, fd, 0);
}

static void assert_file(int fd, unsigned seed, const char *what)
{
	static char content[PAGES * LARGEST_PAGE];

	arrange(page_size() <= LARGEST_PAGE);
	read_at(fd, content, PAGES * page_size(), 0);
	assert_pattern(content, PAGES * page_size(), seed, what);
}

static char *accepted(void *area)
{
	return (char *)assert_accepted(area);
}

CLAIM(anonymous_memory_has_no_file, "map-09",
      "With MAP_ANONYMOUS a descriptor is ignored: the memory is zeros, and never reaches the file")
{
	int fd = scratch_file(PAGES, 1), rw = PROT_READ | PROT_WRITE;
	int fds[] = {fd, open_again(fd, O_WRONLY), 12345}, sharing[] = {MAP_PRIVATE, MAP_SHARED};

	for (size_t i = 0; i < 3; i++) {
		for (size_t j = 0; j < 2; j++) {
			char *area = accepted(map_it(rw, sharing[j] | MAP_ANONYMOUS, fds[i]));

			assert_all_bytes(area, PAGES * page_size(), 0, "the anonymous memory");
			write_pattern(area, PAGES * page_size(), 2);
		}
	}
	assert_file(fd, 1, "the file");
}

CONTROL(without_the_flag_the_file_shows, "map-09",
	"Without MAP_ANONYMOUS the same descriptor maps the file, and one that is closed none")
{
	int fd = scratch_file(PAGES, 1);

	assert_pattern(accepted(map_it(PROT_READ, MAP_PRIVATE, fd)), PAGES * page_size(), 1,
		       "the mapping");
	assert_refused(map_it(PROT_READ, MAP_PRIVATE, 12345), EBADF);
}

CLAIM(a_shared_mapping_writes_only_what_is_open_for_writing, "map-11",
      "A file open for reading can be mapped shared to be read, but never to be written")
{
	int file = scratch_file(PAGES, 1), fd = open_again(file, O_RDONLY);

	assert_refused(map_it(PROT_READ | PROT_WRITE, MAP_SHARED, fd), EACCES);
	assert_refused(map_it(PROT_WRITE, MAP_SHARED, fd), EACCES);

	char *area = accepted(map_it(PROT_READ, MAP_SHARED, fd));

	assert_refused(mprotect(area, page_size(), PROT_READ | PROT_WRITE), EACCES);
	assert_trap(try_store(area, 'x'), SIGSEGV, SEGV_ACCERR, area);
	assert_pattern(area, PAGES * page_size(), 1, "the mapping, which can be read");
	assert_file(file, 1, "the file");
}

CLAIM(a_private_mapping_needs_only_to_read, "map-11",
      "A file open for reading can be mapped privately to be written, and stays as it is")
{
	int file = scratch_file(PAGES, 1), fd = open_again(file, O_RDONLY);
	char *area = accepted(map_it(PROT_READ | PROT_WRITE, MAP_PRIVATE, fd));

	assert_pattern(area, PAGES * page_size(), 1, "the mapping at first");
	write_pattern(area, PAGES * page_size(), 2);
	assert_pattern(area, PAGES * page_size(), 2, "the mapping, written to");
	assert_file(file, 1, "the file");
}

CLAIM(whoever_cannot_read_cannot_map, "map-11",
      "A file open for writing only cannot be mapped at all")
{
	int fd = open_again(scratch_file(PAGES, 1), O_WRONLY);

	assert_refused(map_it(PROT_READ, MAP_SHARED, fd), EACCES);
	assert_refused(map_it(PROT_WRITE, MAP_SHARED, fd), EACCES);
	assert_refused(map_it(PROT_NONE, MAP_SHARED, fd), EACCES);
	assert_refused(map_it(PROT_READ, MAP_PRIVATE, fd), EACCES);
	assert_refused(map_it(PROT_WRITE, MAP_PRIVATE, fd), EACCES);
}

CONTROL(who_may_do_both_may_map_either_way, "map-11",
	"A file open for reading and writing can be mapped shared to be written, and gets it all")
{
	int file = scratch_file(PAGES, 1), fd = open_again(file, O_RDWR);
	char *area = accepted(map_it(PROT_READ | PROT_WRITE, MAP_SHARED, fd));

	write_pattern(area, PAGES * page_size(), 2);
	assert_file(file, 2, "the file");
	assert_accepted(map_it(PROT_READ | PROT_WRITE, MAP_PRIVATE, fd));
}
