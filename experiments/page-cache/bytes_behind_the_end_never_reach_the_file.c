/* SPDX-License-Identifier: MIT */
/*
 * Bytes behind the end of a file never reach it
 * =============================================
 *
 * The last page of a mapped file reaches beyond the file, unless that happens to end with a page.
 * Those bytes are memory: zero at first, and nothing traps who stores there. But they are not the
 * file. No store there makes it longer, read(2) never finds what was stored, and when the page is
 * written to the disk they are left out. A program that takes a mapping for a buffer that grows
 * loses what it puts there.
 *
 *                           end of file     end of the page
 *                                |               |
 *      memory     . . . c o n t e n t # # # # # #        # can be stored and loaded
 *      the file   . . . c o n t e n t                    same length as before
 *      later      . . . c o n t e n t 0 0 0 0 0 0        when the file is made longer
 *
 * On a file system without a disk (tmpfs, memfd) nothing is written, and what was stored there may
 * come to light when the file is made longer: the last line is told of disks only.
 *
 * Look with: loads and stores there; fstat(2) and pread(2) from outside.
 * Read on:   mmap(2) "A file is mapped in multiples of the page size", msync(2), ftruncate(2);
 *            documents 002 "User-Level Memory Mapping", 004 section 16.
 */
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Bytes behind the end of a file never reach it");

enum { PAGES = 2, IN_FILE = 5, BEHIND = 6, LARGEST_PAGE = 64 * 1024 };

/* The file ends inside its second page. */
static size_t length(void)
{
	return page_size() + page_size() / 3;
}

static size_t rest(void)
{
	return PAGES * page_size() - length();
}

static int cut_to_length(int fd)
{
	arrange(ftruncate(fd, (off_t)length()) == 0);
	return fd;
}

/* From outside: as long as before, and each byte as before. */
static void assert_file_unchanged(int fd)
{
	static char content[PAGES * LARGEST_PAGE];
	struct stat file;

	arrange(page_size() <= LARGEST_PAGE && fstat(fd, &file) == 0);
	assert_equals(file.st_size, length(), "the length of the file");
	assert_equals(pread(fd, content, PAGES * page_size(), 0), length(), "bytes it can be read");
	assert_pattern(content, length(), IN_FILE, "what read(2) finds");
}

CLAIM(they_take_stores, "mapfile-09",
      "Behind the end the last page is zero at first, and each byte of it can be stored and loaded")
{
	for (int shared = 0; shared < 2; shared++) {
		char *area = fresh_mapping(PAGES, shared ? MAP_SHARED : MAP_PRIVATE,
					   cut_to_length(scratch_file(PAGES, IN_FILE)));

		assert_all_bytes(area + length(), rest(), 0, "the bytes behind the end");
		for (unsigned seed = BEHIND; seed < BEHIND + 2; seed++) {
			write_pattern(area + length(), rest(), seed);
			assert_pattern(area + length(), rest(), seed, "what was stored there");
			assert_pattern(area, length(), IN_FILE, "the bytes before");
		}
	}
}

CLAIM(they_do_not_make_it_longer, "mapfile-09",
      "Stores there, msync(2) and munmap(2) leave the file as long as it was, and as it was")
{
	for (int shared = 0; shared < 2; shared++) {
		int fd = cut_to_length(scratch_file(PAGES, IN_FILE));
		char *area = fresh_mapping(PAGES, shared ? MAP_SHARED : MAP_PRIVATE, fd);

		write_pattern(area + length(), rest(), BEHIND);
		assert_file_unchanged(fd);
		assert_accepted(msync(area, PAGES * page_size(), MS_SYNC));
		assert_file_unchanged(fd);
		assert_accepted(munmap(area, PAGES * page_size()));
		assert_file_unchanged(fd);
	}
}

/* Written, dropped from memory, and made longer by a third of a page, then by the rest. */
static char *extend_after_writing(int fd, char *area)
{
	assert_accepted(msync(area, PAGES * page_size(), MS_SYNC));
	arrange(munmap(area, PAGES * page_size()) == 0);
	make_cold(fd, PAGES);
	arrange(ftruncate(fd, (off_t)(length() + rest() / 2)) == 0);
	arrange(ftruncate(fd, (off_t)(length() + rest())) == 0);
	return fresh_mapping(PAGES, MAP_SHARED, fd);
}

CLAIM(the_disk_never_gets_them, "mapfile-09",
      "Once the page was written to the disk and the file is made longer, those bytes are zero",
      .needs = DISK_FILE)
{
	static char content[LARGEST_PAGE];
	int fd = cut_to_length(disk_file(PAGES, IN_FILE));
	char *area = fresh_mapping(PAGES, MAP_SHARED, fd);

	write_pattern(area + length(), rest(), BEHIND);
	area = extend_after_writing(fd, area);
	assert_pattern(area, length(), IN_FILE, "the bytes before");
	assert_all_bytes(area + length(), rest(), 0, "the mapping behind the former end");
	arrange(pread(fd, content, rest(), (off_t)length()) == (ssize_t)rest());
	assert_all_bytes(content, rest(), 0, "what read(2) finds there");
}

CONTROL(the_last_byte_before_the_end_stays, "mapfile-09",
	"A store one byte earlier is in the file at once, and on the disk after the same steps",
	.needs = DISK_FILE)
{
	int fd = cut_to_length(disk_file(PAGES, IN_FILE));
	char *area = fresh_mapping(PAGES, MAP_SHARED, fd), last = 0;

	store(area + length() - 1, (unsigned char)~load(area + length() - 1));

	unsigned char stored = load(area + length() - 1);

	assert_equals(pread(fd, &last, 1, (off_t)length() - 1), 1, "bytes read there");
	assert_byte(&last, stored, "what read(2) finds there");
	area = extend_after_writing(fd, area);
	assert_pattern(area, length() - 1, IN_FILE, "the bytes before");
	assert_byte(area + length() - 1, stored, "the byte, read back from the disk");
	assert_byte(area + length(), 0, "the byte behind it");
}
