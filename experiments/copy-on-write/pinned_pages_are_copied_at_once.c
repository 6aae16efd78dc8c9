/* SPDX-License-Identifier: MIT */
/*
 * A page that is pinned for a device is copied at the fork, not later
 * ===================================================================
 *
 * Copy-on-write gives the copy to whoever writes first. That may be the parent; then it moves to a
 * new frame, and the child inherits the old one. A device that was told to store into the old
 * frame would from then on store into the child's memory, and the parent would wait for bytes
 * that never come. So frames that are pinned for a device (document 004, section 17.5: "some pages
 * must stay pinned") are the exception to "share until somebody writes" (section 18.1): fork copies
 * them for the child there and then, and the parent keeps what the device knows.
 *
 *      an ordinary page                  a pinned page
 *
 *      parent   child                    parent   child
 *        \       /                         |        |
 *           [7]                           [7]     [12]
 *                                          |
 *                                        device
 *
 * The pin is made with io_uring(7), whose registered buffers stay pinned as long as the ring lives.
 * No device takes part: the pin alone decides.
 *
 * Look with: bit 56 and the frame numbers of /proc/PID/pagemap.
 * Read on:   io_uring_register(2) IORING_REGISTER_BUFFERS, open(2) O_DIRECT (notes on fork).
 */
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A page that is pinned for a device is copied at the fork, not later");

enum { PAGES = 8, PINNED_FROM = 2, PINNED = 3, REGISTER_BUFFERS = 0 };

/* Pins the pages from PINNED_FROM on; they stay pinned until the ring's last descriptor closes. */
static void pin(char *area)
{
#if defined(SYS_io_uring_setup) && defined(SYS_io_uring_register)
	uint64_t parameters[15] = {0}; /* struct io_uring_params has 120 bytes */
	long ring = syscall(SYS_io_uring_setup, 1, parameters);
	struct iovec buffer = {page(area, PINNED_FROM), PINNED * page_size()};

	if (ring < 0) {
		undecided("needs io_uring: kernel.io_uring_disabled = 0, and no policy against it");
	}
	if (syscall(SYS_io_uring_register, ring, REGISTER_BUFFERS, &buffer, 1) != 0) {
		undecided("needs to pin %d pages: a larger RLIMIT_MEMLOCK", PINNED);
	}
#else
	(void)area;
	undecided("needs a C library that knows the system call io_uring_setup");
#endif
}

CLAIM(the_child_gets_its_copy_at_once, "cow-14",
      "Right after fork parent and child have different frames behind the pinned pages alone",
      .needs = FRAME_IDENTITY)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

	pin(area);
	IN_CHILD {
		assert_strip(observe_pages("child", area, PAGES), "ssooosss");
		assert_strip(observe_pages_of(parent_process(), "parent", area, PAGES), "ssooosss");
		assert_pattern(area, PAGES * page_size(), 1, "what the child reads");
	}
}

/* A pinned frame cannot be moved by the kernel either, so this holds for every one of them. */
CLAIM(the_parent_keeps_the_frames_the_device_knows, "cow-14",
      "The parent's pinned frames are the same before the fork, after it, and after its own writes",
      .needs = FRAME_NUMBERS)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);
	char *pinned = page(area, PINNED_FROM);
	struct child other;

	pin(area);

	struct pages before = observe_pages("before", pinned, PINNED);

	START_CHILD(other) {
		hand_over();
		assert_pattern(area, PAGES * page_size(), 1, "what the child reads");
	}
	assert_equals(count_frames_kept(observe_pages("forked", pinned, PINNED), before), PINNED,
		      "frames kept over the fork");
	write_pattern(area, PAGES * page_size(), 2);
	assert_equals(count_frames_kept(observe_pages("written", pinned, PINNED), before), PINNED,
		      "frames kept over the parent's writes");
	assert_equals(
		count_frames_kept(observe_pages_of(other.pid, "child", pinned, PINNED), before), 0,
		"pinned frames that the child has");
	end_child(&other);
	assert_pattern(area, PAGES * page_size(), 2, "what the parent reads");
}

CLAIM(the_early_copy_is_no_different_one, "cow-14",
      "Pinned or not, the child has the bytes as of the fork, and its writes stay its own")
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

	pin(area);
	IN_CHILD {
		assert_pattern(area, PAGES * page_size(), 1, "what the child reads");
		write_pattern(area, PAGES * page_size(), 2);
	}
	assert_pattern(area, PAGES * page_size(), 1, "what the parent reads");
}

CONTROL(without_a_pin_nothing_is_copied, "cow-14",
	"The same pages, not pinned, are shared after fork, and a write of the parent parts them",
	.needs = FRAME_IDENTITY)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);
	struct child other;

	START_CHILD(other) {
		hand_over();
	}
	assert_strip(observe_pages("parent", area, PAGES), "s");
	store_each(page(area, PINNED_FROM), PINNED, 'p');
	assert_strip(observe_pages("parent, having written", area, PAGES), "ssooosss");
	end_child(&other);
}
