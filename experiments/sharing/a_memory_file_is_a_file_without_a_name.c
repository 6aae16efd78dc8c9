/* SPDX-License-Identifier: MIT */
/*
 * A memory file is a file without a name
 * ======================================
 *
 * memfd_create(2) makes what shm_open(3) makes, without the name: a file of length 0 that lives in
 * memory, and as long as somebody holds it. Nobody finds it by a path. Whoever shall share it is given a
 * descriptor, by fork or through a socket. The string it is made with is a label for people who read
 * /proc, no more: two files may bear the same one.
 *
 *      memfd_create("buffer") --> 3 --> [ file ]    /proc/self/fd/3 -> /memfd:buffer (deleted)
 *      memfd_create("buffer") --> 4 --> [ file ]    another one
 *
 * Unlike shm_open it leaves the descriptor open over execve(2), unless MFD_CLOEXEC says otherwise.
 *
 * Look with: fstat(2), fcntl(2) F_GETFD, the links in /proc/self/fd, the names in /proc/self/maps.
 * Read on:   memfd_create(2), proc(5); document 004 section 15.1.
 */
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A memory file is a file without a name");

enum { PAGES = 3, NAME_LIMIT = 249 };

static size_t length(void)
{
	return PAGES * page_size();
}

static struct stat status_of(int fd)
{
	struct stat status;

	arrange(fstat(fd, &status) == 0);
	return status;
}

static int made(const char *name, unsigned flags)
{
	return (int)assert_accepted(memfd_create(name, flags));
}

CLAIM(it_is_empty_at_first, "memfd-01",
      "A memory file has length 0, then zeros, and is open for reading and for writing")
{
	int fd = made("empty", MFD_CLOEXEC);
	char *area = fresh_mapping(PAGES, MAP_SHARED, fd);

	assert_equals(status_of(fd).st_size, 0, "bytes of the new file");
	assert_equals(S_ISREG(status_of(fd).st_mode), 1, "it is a regular file");
	assert_trap(try_load(area), SIGBUS, BUS_ADRERR, area);
	arrange(ftruncate(fd, (off_t)length()) == 0);
	assert_all_bytes(area, length(), 0, "the file when it has a length");
	write_pattern(area, length(), 1);
	assert_pattern(fresh_mapping(PAGES, MAP_SHARED, fd), length(), 1, "the file, mapped again");
	assert_equals(fcntl(fd, F_GETFL) & O_ACCMODE, O_RDWR, "how it was opened");
}

CLAIM(one_label_serves_many_files, "memfd-01",
      "Two memory files with one label are two files, and each keeps its own bytes")
{
	int one = made("label", MFD_CLOEXEC), two = made("label", MFD_CLOEXEC);

	assert_differs(status_of(two).st_ino, status_of(one).st_ino, "number of the second file");
	arrange(ftruncate(one, (off_t)length()) == 0 && ftruncate(two, (off_t)length()) == 0);
	write_pattern(fresh_mapping(PAGES, MAP_SHARED, one), length(), 1);
	assert_all_bytes(fresh_mapping(PAGES, MAP_SHARED, two), length(), 0, "the second file");
}

CLAIM(a_flag_says_whether_programs_inherit_it, "memfd-02",
      "MFD_CLOEXEC sets FD_CLOEXEC on the descriptor, and without it the flag is not set")
{
	assert_equals(fcntl(made("closed", MFD_CLOEXEC), F_GETFD), FD_CLOEXEC, "flags with it");
	assert_equals(fcntl(made("open", 0), F_GETFD), 0, "flags without it");
}

/* Makes a file with the label, and looks whether /proc/self/fd shows it. */
static void assert_label(const char *label)
{
	char expected[400], path[40], seen[400] = "";
	int fd = made(label, MFD_CLOEXEC);

	snprintf(expected, sizeof expected, "/memfd:%s (deleted)", label);
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);

	if (readlink(path, seen, sizeof seen - 1) < 0) {
		undecided("needs /proc: the link %s cannot be read", path);
	}
	ck_assert_str_eq(seen, expected);
}

CLAIM(its_label_is_shown_by_proc, "memfd-03",
      "In /proc/self/fd the file is /memfd:LABEL (deleted), whatever the label and its length")
{
	char longest[NAME_LIMIT + 1];

	memset(longest, 'l', NAME_LIMIT);
	longest[NAME_LIMIT] = 0;
	assert_label("buffer");
	assert_label("");
	assert_label("with/slashes, and blanks");
	assert_label(longest);
}

CLAIM(its_mappings_bear_the_label_too, "memfd-03",
      "An area in /proc/self/maps that maps the file has that name as well", .needs = AREA_LIST)
{
	int fd = made("buffer", MFD_CLOEXEC);

	assert_text(observe_area(fresh_mapping(1, MAP_SHARED, fd)).name, "/memfd:buffer (deleted)",
		    "name of the area");
	assert_text(observe_area(fresh_mapping(1, MAP_PRIVATE, fd)).name, "/memfd:buffer (deleted)",
		    "name of the area");
}

CONTROL(one_file_is_one_through_every_descriptor, "memfd-01 memfd-02 memfd-03",
	"A duplicate leads to the same file and bytes, and to the same label; its flag is its own")
{
	int fd = made("label", MFD_CLOEXEC), copy = dup(fd);

	arrange(copy >= 0);
	assert_equals(status_of(copy).st_ino, status_of(fd).st_ino, "number of the file");
	assert_equals(fcntl(copy, F_GETFD), 0, "descriptor flags of the duplicate");
	arrange(ftruncate(fd, (off_t)length()) == 0);
	write_pattern(fresh_mapping(PAGES, MAP_SHARED, fd), length(), 1);
	IN_CHILD {
		assert_pattern(fresh_mapping(PAGES, MAP_SHARED, copy), length(), 1,
			       "the file through the duplicate, in a child");
	}
}
