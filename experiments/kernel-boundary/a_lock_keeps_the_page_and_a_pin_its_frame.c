/* SPDX-License-Identifier: MIT */
/*
 * A lock keeps the page, and a pin its frame
 * ==========================================
 *
 * "Some pages must stay pinned" (document 004, section 17.5), and mlock(2) comes to mind. It is weaker:
 * it promises that the page stays in memory, but not where. The kernel may copy it to another frame;
 * a device that was told the frame would notice. What a device uses is pinned instead.
 *
 *                        may be evicted     may move to another frame
 *      ordinary page     yes                yes
 *      locked            no                 yes
 *      pinned            no                 no
 *
 * MADV_COLLAPSE orders such a move, into a huge page. Buffers of io_uring(7) are pinned.
 *
 * Look with: what MADV_COLLAPSE answers; frame numbers.
 * Read on:   mlock(2), madvise(2), io_uring_register(2); document 004 section 17.5.
 */
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <touchstone/experiment.h>
#include <touchstone/huge_pages.h>

EXPERIMENT("A lock keeps the page, and a pin its frame");

#ifndef SYS_io_uring_setup
#define SYS_io_uring_setup    425
#define SYS_io_uring_register 427
#endif

enum { LARGEST = 2 * 1024 * 1024, HELD = 3, REGISTER_BUFFERS = 0, UNREGISTER = 1 };

static long ring;

/* A stretch that a huge page fits, of small pages that hold a pattern. */
static char *stretch(size_t *length)
{
	size_t huge = huge_page_size_up_to(LARGEST);
	char *area = first_huge_page(fresh_pages(2 * huge / page_size(), MAP_PRIVATE), huge);

	*length = huge;
	write_pattern(area, huge, 1);
	return area;
}

/* Whether it would do so with ordinary pages, just now; where not, nothing can be told. */
static void collapse_others(void)
{
	size_t length;
	char *ordinary = stretch(&length);

	collapse(ordinary, length);
}

static void pin(char *area)
{
	uint64_t parameters[15] = {0}; /* struct io_uring_params has 120 bytes */
	struct iovec buffer = {area, HELD * page_size()};

	ring = syscall(SYS_io_uring_setup, 1, parameters);
	if (ring < 0) {
		undecided("needs io_uring: kernel.io_uring_disabled = 0, and no policy against it");
	}

	bool registered = syscall(SYS_io_uring_register, ring, REGISTER_BUFFERS, &buffer, 1) == 0;

	if (!registered && errno == ENOMEM) {
		undecided("needs leave to pin %d pages: raise ulimit -l", HELD);
	}
	arrange(registered && "the buffer was registered");
}

CLAIM(a_locked_page_may_move, "kernel-10",
      "Locked pages are moved into a huge page, stay locked and present, and lose no byte by it",
      .needs = HUGE_PAGES | AREA_USAGE | PAGE_STATES | LOCKABLE_MEMORY | PROCESS_STATUS)
{
	size_t length;
	char *area = stretch(&length);

	if (mlock(area, length) != 0) {
		undecided("needs leave to lock %zu KiB: raise ulimit -l", length / 1024);
	}

	struct pages before = observe_pages("before", area, HELD);
	bool moved = try_to_collapse(area, length);

	struct pages now = observe_pages("after", area, HELD);

	collapse_others();
	assert_equals(moved, true, "whether locked pages were moved, as others are");
	assert_strip(now, "p");
	if (now.numbered) {
		assert_equals(count_frames_kept(now, before), 0, "frames of before");
	}
	/* In kernels of 32 bits the smaps of a huge page overflow, to nought: there VmLck has to do. */
	assert_equals(sizeof(void *) == 8 ? observe_usage("after", area, length).locked
					  : status_bytes("VmLck"),
		      length, "bytes locked");
	assert_pattern(area, length, 1, "the pages that moved");
}

CLAIM(a_pinned_page_stays_in_its_frame, "kernel-09 kernel-10",
      "With three pages pinned the same request is refused, and all have the frames of before",
      .needs = HUGE_PAGES | PAGE_STATES)
{
	size_t length;
	char *area = stretch(&length);

	collapse_others();
	pin(area);
	struct pages before = observe_pages("before", area, HELD);
	for (int round = 0; round < 2; round++) {
		assert_equals(try_to_collapse(area, length), false,
			      "whether pinned pages were moved");
		struct pages now = observe_pages("after", area, HELD);
		assert_strip(now, "p");
		if (now.numbered) {
			assert_equals(count_frames_kept(now, before), HELD, "frames of before");
		}
	}
}

CONTROL(without_a_pin_it_may_move_again, "kernel-09 kernel-10",
	"Once the buffer is given up the kernel moves the very pages that were pinned",
	.needs = HUGE_PAGES)
{
	size_t length;
	char *area = stretch(&length);

	pin(area);
	assert_equals(try_to_collapse(area, length), false, "whether pinned pages were moved");
	arrange(syscall(SYS_io_uring_register, ring, UNREGISTER, NULL, 0) == 0);

	bool moved = try_to_collapse(area, length);
	collapse_others();
	assert_equals(moved, true, "whether pages that were pinned were moved, as others are");
	assert_pattern(area, length, 1, "the pages that moved");
}
