/* SPDX-License-Identifier: MIT */
/*
 * fork copies only the page-table entries that it must
 * ====================================================
 *
 * Document 002 says that fork makes exact copies of the page tables. In truth an entry is copied
 * where nothing else remembers what it says: for memory that was written privately. Pages that can
 * be found again (in a shared object, in a file, or as zeros) are left out of the child's tables,
 * and are found again, by a fault, when the child comes to need them.
 *
 *      the parent has touched            parent       child, untouched yet
 *      anonymous memory, written         ssssssss     ssssssss
 *      anonymous memory, only read       zzzzzzzz     ........
 *      a private file, only read         oooooooo     ........
 *      shared memory, written            oooooooo     ........
 *      a private file, one page written  osssssss     ssssssss    the area is copied whole
 *
 * The left-out entries are a saving, not a promise; every kernel that this suite knows makes it.
 *
 * Look with: bit 63 of /proc/PID/pagemap: a frame is mapped.
 * Read on:   fork(2), mmap(2); document 002 "fork revisited".
 */
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("fork copies only the page-table entries that it must");

enum { PAGES = 8 };

/* In a place of its own: an area that merged with a written one would be copied with it. */
static char *mapped(size_t count, int sharing, int fd)
{
	char *area = mmap(reserve(count), count * page_size(), PROT_READ | PROT_WRITE,
			  sharing | MAP_FIXED | (fd < 0 ? MAP_ANONYMOUS : 0), fd, 0);

	arrange(area != MAP_FAILED);
	return area;
}

CLAIM(what_can_be_found_again_is_left_out, "fork-06",
      "The child has no entries for shared memory, a file or zeros, until it reads them",
      .needs = PAGE_STATES)
{
	char *zeros = mapped(PAGES, MAP_PRIVATE, -1);
	char *file = mapped(PAGES, MAP_PRIVATE, memory_file(PAGES, 1));
	char *shared = mapped(PAGES, MAP_SHARED, -1);

	assert_all_bytes(zeros, PAGES * page_size(), 0, "memory that was only read");
	assert_pattern(file, PAGES * page_size(), 1, "a file that was only read");
	write_pattern(shared, PAGES * page_size(), 2);
	assert_strip(observe_pages("parent, zeros", zeros, PAGES), "p");
	assert_strip(observe_pages("parent, file", file, PAGES), "p");
	assert_strip(observe_pages("parent, shared", shared, PAGES), "p");
	IN_CHILD {
		assert_strip(observe_pages("child, zeros", zeros, PAGES), ".");
		assert_strip(observe_pages("child, file", file, PAGES), ".");
		assert_strip(observe_pages("child, shared", shared, PAGES), ".");
		assert_all_bytes(zeros, PAGES * page_size(), 0, "zeros, read by the child");
		assert_pattern(file, PAGES * page_size(), 1, "the file, read by the child");
		assert_pattern(shared, PAGES * page_size(), 2, "shared memory, read by the child");
		assert_strip(observe_pages("child, shared, read", shared, PAGES), "p");
	}
}

CONTROL(what_was_written_privately_is_copied, "fork-06",
	"Entries of written memory are all copied, and one written page has its whole area copied",
	.needs = PAGE_STATES)
{
	char *written = mapped(PAGES, MAP_PRIVATE, -1);
	char *file = mapped(PAGES, MAP_PRIVATE, memory_file(PAGES, 1));

	write_pattern(written, PAGES * page_size(), 1);
	assert_pattern(file, PAGES * page_size(), 1, "a file that was read");
	store(file, load(file));
	IN_CHILD {
		assert_strip(observe_pages("child, written", written, PAGES), "p");
		assert_strip(observe_pages("child, file", file, PAGES), "p");
	}
}
