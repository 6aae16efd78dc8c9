/* SPDX-License-Identifier: MIT */
/*
 * The kernel copies a shared page before it stores into it
 * ========================================================
 *
 * A write "triggers a protection fault", says document 002, and the fault makes the copy. But not
 * every store is an instruction of the program. read(2) has the kernel store into the program's
 * memory, and where the page is shared it has to copy first as well: or else what one process
 * reads from a pipe would appear in the other.
 *
 *      the child calls read(fd, page, n)
 *
 *      parent   child            parent   child
 *         \     /       --->        |        |
 *           [7]                    [7]     [12] <-- bytes of fd
 *
 * Look with: /proc/PID/pagemap bit 56: mapped by one process alone.
 * Read on:   read(2), pipe(2); documents 002 "Shared Objects Revisited", 004 section 18.1.
 */
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("The kernel copies a shared page before it stores into it");

enum { PAGES = 8, STORED = 3, LENGTH = 100 };

/* A pipe that holds LENGTH bytes of 'k'; yields its reading end. */
static int filled_pipe(void)
{
	char bytes[LENGTH];
	int ends[2];

	memset(bytes, 'k', LENGTH);
	arrange(pipe(ends) == 0 && write(ends[1], bytes, LENGTH) == LENGTH);
	return ends[0];
}

CLAIM(the_kernel_parts_the_page_it_stores_into, "cow-12",
      "read(2) over the seam of two shared pages gives the reader a frame of its own for these two",
      .needs = FRAME_IDENTITY)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);
	int fd = filled_pipe();

	IN_CHILD {
		assert_equals(read(fd, page(area, STORED) - LENGTH / 2, LENGTH), LENGTH,
			      "bytes that read(2) stored");
		assert_strip(observe_pages("child", area, PAGES), "ssoossss");
		assert_strip(observe_pages_of(parent_process(), "parent", area, PAGES), "ssoossss");
	}
}

CLAIM(what_the_kernel_stores_is_the_childs_alone, "cow-12",
      "Bytes that read(2) stored for the child are read by the child, and by nobody else")
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);
	int fd = filled_pipe();

	IN_CHILD {
		char *stored = page(area, STORED) - LENGTH / 2;

		assert_equals(read(fd, stored, LENGTH), LENGTH, "bytes that read(2) stored");
		assert_all_bytes(stored, LENGTH, 'k', "what the child reads there");
		pattern_bytes(stored, LENGTH, 1, (size_t)(stored - area)); /* as it was */
		assert_pattern(area, PAGES * page_size(), 1, "what it reads everywhere else");
	}
	assert_pattern(area, PAGES * page_size(), 1, "what the parent still reads");
}

CONTROL(a_kernel_that_only_reads_copies_nothing, "cow-12",
	"The same call the other way round, write(2), leaves both pages shared",
	.needs = FRAME_IDENTITY)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);
	int ends[2];

	arrange(pipe(ends) == 0);
	IN_CHILD {
		assert_equals(write(ends[1], page(area, STORED) - LENGTH / 2, LENGTH), LENGTH,
			      "bytes that write(2) took");
		assert_strip(observe_pages("child", area, PAGES), "s");
	}
}
