/* SPDX-License-Identifier: MIT */
/*
 * A mapping keeps its file alive
 * ==============================
 *
 * mmap is given a descriptor (document 002), but what it keeps is the file behind it. So the
 * descriptor may be closed as soon as mmap has returned. The file's name may go as well: a file
 * exists as long as somebody has it open, or mapped. To the mapping nothing happens at all.
 *
 *      name ------+
 *      descriptor-+---> file <--- mapping          close, unlink: the mapping still holds it
 *
 * A program updates a library that others are running from in this way: it removes the name, and
 * gives it to a new file. Who has mapped the old one goes on with the old one.
 *
 * Look with: the bytes; /proc/self/maps, which adds "(deleted)" to the path.
 * Read on:   mmap(2), unlink(2), close(2); document 002 "User-Level Memory Mapping".
 */
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A mapping keeps its file alive");

enum { PAGES = 4, SEED = 8 };

CLAIM(it_outlives_the_descriptor, "vma-11",
      "After close of the only descriptor every byte is there, shared or private, and can be "
      "written")
{
	for (int sharing = MAP_SHARED; sharing <= MAP_PRIVATE; sharing++) {
		int fd = memory_file(PAGES, SEED);
		char *area = fresh_mapping(PAGES, sharing, fd);

		assert_accepted(close(fd));
		assert_refused(fcntl(fd, F_GETFD), EBADF);
		assert_pattern(area, PAGES * page_size(), SEED, "the mapping");
		write_pattern(area, PAGES * page_size(), SEED + 1);
		assert_pattern(area, PAGES * page_size(), SEED + 1, "what was written");
	}
}

CLAIM(two_mappings_still_show_one_file, "vma-11",
      "What is written through one mapping is seen in another, and kept when that has gone")
{
	int fd = memory_file(PAGES, SEED);
	char *one = fresh_mapping(PAGES, MAP_SHARED, fd);
	char *other = fresh_mapping(PAGES, MAP_SHARED, fd);

	arrange(close(fd) == 0);
	write_pattern(one, PAGES * page_size(), SEED + 1);
	assert_pattern(other, PAGES * page_size(), SEED + 1, "what the other mapping shows");
	arrange(munmap(one, PAGES * page_size()) == 0);
	assert_pattern(other, PAGES * page_size(), SEED + 1, "what it shows when the one has gone");
	arrange(madvise(other, PAGES * page_size(), MADV_DONTNEED) == 0);
	assert_pattern(other, PAGES * page_size(), SEED + 1, "the file, looked at anew");
}

/* A name for a moment, in the folder of an unnamed file, whose inode nobody else has meanwhile. */
static void make_name(int unnamed, char path[static 256], char name[static 64])
{
	char of_fd[64], folder[180] = "", *slash;
	struct stat file;

	snprintf(of_fd, sizeof of_fd, "/proc/self/fd/%d", unnamed);
	if (readlink(of_fd, folder, sizeof folder - 1) <= 0 || folder[0] != '/' ||
	    strncmp(folder, "/memfd:", strlen("/memfd:")) == 0) {
		undecided("needs a folder for a file with a name: a writable TMPDIR, and /proc");
	}
	slash = strrchr(folder, '/');
	*slash = 0;
	arrange(fstat(unnamed, &file) == 0);
	snprintf(name, 64, "touchstone-%llu", (unsigned long long)file.st_ino);
	snprintf(path, 256, "%s/%s", folder, name);
}

CLAIM(it_outlives_the_name, "vma-11",
      "After close and unlink the mapping works on, the path says ENOENT, and the map (deleted)",
      .needs = AREA_LIST)
{
	char path[256], name[64], *area;
	int unnamed = scratch_file(1, SEED), fd;

	make_name(unnamed, path, name);
	fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	arrange(fd >= 0);
	assert_accepted(unlink(path)); /* at once, or it stays behind when this process is killed */
	arrange(ftruncate(fd, (off_t)(PAGES * page_size())) == 0);
	area = mmap(NULL, PAGES * page_size(), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	arrange(area != MAP_FAILED);
	assert_accepted(close(fd));
	assert_refused(open(path, O_RDONLY), ENOENT);
	write_pattern(area, PAGES * page_size(), SEED);
	arrange(madvise(area, PAGES * page_size(), MADV_DONTNEED) == 0);
	assert_pattern(area, PAGES * page_size(), SEED, "what was written since");

	struct area seen = observe_area(area);

	assert_differs(seen.inode, 0, "inode");
	if (strlen(seen.name) < sizeof seen.name - 1) { /* else it was cut */
		ck_assert_ptr_nonnull(strstr(seen.name, name));
		ck_assert_ptr_nonnull(strstr(seen.name, " (deleted)"));
	}
}

CONTROL(a_file_cut_short_is_noticed, "vma-11",
	"A mapping does notice when its file is cut short: what is beyond the end is SIGBUS")
{
	int fd = memory_file(PAGES, SEED);
	char *area = fresh_mapping(PAGES, MAP_SHARED, fd);

	arrange(ftruncate(fd, (off_t)page_size()) == 0 && close(fd) == 0);
	assert_pattern(area, page_size(), SEED, "the page that was kept");
	for (size_t i = 1; i < PAGES; i++) {
		assert_trap(try_load(page(area, i)), SIGBUS, BUS_ADRERR, page(area, i));
	}
}
