/* SPDX-License-Identifier: MIT */
/*
 * Reading never parts a page
 * ==========================
 *
 * "So long as neither process attempts to write", says document 002, the two share one copy. So
 * reading may go on for ever: by the parent, by the child, by both, every byte of it, and by the
 * kernel on behalf of either, when it carries the bytes into a file or a pipe. A store that is
 * refused parts nothing either: it ends in a signal, and nothing was written.
 *
 *      load                store, refused          write(fd, page, n)
 *
 *      parent  child       parent  child           parent  child
 *         \    /              \    x                 \    /
 *          [7]                 [7]                    [7] --> bytes to fd
 *
 * Look with: bit 56 of /proc/PID/pagemap: mapped by one process alone.
 * Read on:   fork(2), mprotect(2), proc(5) "pagemap"; documents 002 "Shared Objects Revisited",
 *            004 section 18.1.
 */
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Reading never parts a page");

enum { PAGES = 8, STORED = 3, LENGTH = 100 };

CLAIM(reading_parts_nothing, "cow-16",
      "Parent and child may read every byte of every page, twice, and still share all frames",
      .needs = FRAME_IDENTITY)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);
	struct child other;

	START_CHILD(other) {
		assert_pattern(area, PAGES * page_size(), 1, "what the child reads");
		hand_over();
		assert_pattern(area, PAGES * page_size(), 1, "what the child reads again");
		assert_same_frames(observe_pages("child", area, PAGES),
				   observe_pages_of(parent_process(), "parent", area, PAGES));
	}
	assert_pattern(area, PAGES * page_size(), 1, "what the parent reads");
	end_child(&other);
}

CLAIM(a_refused_store_parts_nothing, "cow-16",
      "A store into a page that was made read-only ends in SIGSEGV and leaves the frame shared",
      .needs = FRAME_IDENTITY)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

	IN_CHILD {
		assert_accepted(mprotect(area, PAGES * page_size(), PROT_READ));
		assert_trap(try_store(page(area, STORED), 'c'), SIGSEGV, SEGV_ACCERR,
			    page(area, STORED));
		assert_same_frames(observe_pages("child", area, PAGES),
				   observe_pages_of(parent_process(), "parent", area, PAGES));
	}
}

CLAIM(the_kernel_may_read_for_a_process, "cow-16",
      "write(2) from the seam of two shared pages leaves both shared, and takes the right bytes",
      .needs = FRAME_IDENTITY)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);
	char taken[LENGTH];
	int ends[2];

	arrange(pipe(ends) == 0);
	IN_CHILD {
		char *seam = page(area, STORED) - LENGTH / 2;

		assert_equals(write(ends[1], seam, LENGTH), LENGTH, "bytes that write(2) took");
		assert_same_frames(observe_pages("child", area, PAGES),
				   observe_pages_of(parent_process(), "parent", area, PAGES));
		arrange(read(ends[0], taken, LENGTH) == LENGTH);
		assert_same_bytes(taken, seam, LENGTH, "what write(2) took");
	}
}

CONTROL(one_store_is_enough, "cow-16",
	"After as much reading, a single store parts its page, and that page alone",
	.needs = FRAME_IDENTITY)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

	IN_CHILD {
		assert_pattern(area, PAGES * page_size(), 1, "what the child reads");
		assert_strip(observe_pages("having read", area, PAGES), "s");
		store(page(area, STORED), load(page(area, STORED))); /* the byte that is there */
		assert_strip(observe_pages("having stored", area, PAGES), "sssossss");
	}
}
