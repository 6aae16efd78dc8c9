/* SPDX-License-Identifier: MIT */
/*
 * Shared memory is zero wherever nobody has written
 * =================================================
 *
 * Shared memory belongs to an object: a file in memory, with a name, a descriptor or neither.
 * Document 002 calls it an anonymous file that contains all binary zeros. A file has more ways to
 * get longer than private memory has, and two of them are easily overlooked. Storing a byte by
 * write(2) takes a frame of which the rest has to be cleared. And a file that was cut in the midst
 * of a page, and extended again, must not show what stood behind the cut, although the frame of
 * that page was never given back:
 *
 *      written             cut in page 1         extended again
 *
 *      +----+----+----+    +----+--+             +----+--+-+----+
 *      | aa | bb | cc |    | aa | b|             | aa | b|0| 00 |
 *      +----+----+----+    +----+--+             +----+--+-+----+
 *
 * Somebody's data is left behind in free frames beforehand, so that there is something to be seen.
 *
 * Look with: your own eyes: the claims need nothing but loads.
 * Read on:   memfd_create(2), ftruncate(2), fallocate(2), pwrite(2); document 002, introduction;
 *            document 004 section 18.2.
 */
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Shared memory is zero wherever nobody has written");

enum { PAGES = 64 };

/* Frames full of data go back to the kernel, which likes to hand out next what came back last. */
static void leave_data_in_free_frames(void)
{
	arrange(munmap(filled_pages(PAGES, MAP_PRIVATE, 7), PAGES * page_size()) == 0);
}

CLAIM(shared_memory_is_zero, "lazy-14",
      "Fresh shared memory is zero: anonymous, extended by ftruncate, or allocated by fallocate")
{
	size_t length = PAGES * page_size();
	int extended = memfd_create("extended", 0), allocated = memfd_create("allocated", 0);

	arrange(extended >= 0 && ftruncate(extended, (off_t)length) == 0);
	leave_data_in_free_frames();
	assert_all_bytes(fresh_pages(PAGES, MAP_SHARED), length, 0, "anonymous memory");
	leave_data_in_free_frames();
	for (size_t i = 0; i < PAGES; i++) { /* the one byte a page is stored by pwrite(2) */
		arrange(pwrite(extended, "", 1, (off_t)(i * page_size() + page_size() / 2)) == 1);
	}
	assert_all_bytes(fresh_mapping(PAGES, MAP_SHARED, extended), length, 0,
			 "pages with one byte written");
	leave_data_in_free_frames();
	arrange(allocated >= 0 && fallocate(allocated, 0, 0, (off_t)length) == 0);
	assert_all_bytes(fresh_mapping(PAGES, MAP_SHARED, allocated), length, 0,
			 "pages allocated beforehand");
}

CLAIM(a_file_that_grows_again_is_zero, "lazy-14",
      "Where a file was cut short and extended again, it is zero from the cut on")
{
	size_t length = PAGES * page_size(), kept = length / 2 + 5;
	int fd = memory_file(PAGES, 0);
	char *area = fresh_mapping(PAGES, MAP_SHARED, fd);

	write_pattern(area, length, 1);
	arrange(ftruncate(fd, (off_t)kept) == 0 && ftruncate(fd, (off_t)length) == 0);
	assert_pattern(area, kept, 1, "the bytes before the cut");
	assert_all_bytes(area + kept, length - kept, 0, "the bytes behind the cut");
}

CONTROL(what_was_written_stays, "lazy-14",
	"The same steps on a file that is never cut show what was written, in every byte")
{
	size_t length = PAGES * page_size();
	int fd = memory_file(PAGES, 1);
	char *area = fresh_mapping(PAGES, MAP_SHARED, fd);

	assert_pattern(area, length, 1, "a fresh mapping of a file");
	write_pattern(area, length, 2);
	leave_data_in_free_frames();
	arrange(ftruncate(fd, (off_t)length) == 0 && fallocate(fd, 0, 0, (off_t)length) == 0);
	assert_pattern(area, length, 2, "the file, given the length that it has");
	arrange(ftruncate(fd, (off_t)(2 * length)) == 0);
	assert_pattern(fresh_mapping(PAGES, MAP_SHARED, fd), length, 2, "the file, extended");
}
