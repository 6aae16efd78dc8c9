/* SPDX-License-Identifier: MIT */
/*
 * The last owner of a shared frame keeps it
 * =========================================
 *
 * Copy-on-write copies for the sake of the other one. When the other one has gone (it ended, or
 * unmapped the page, or took its own copy) there is nobody left to be protected. The entry is
 * still read-only, so the next write still traps; but the handler finds that the frame is mapped
 * once, and merely gives the permission back.
 *
 *      two owners            the child has gone        the parent writes
 *
 *      parent   child        parent                    parent
 *        \  r-  /              | r-                      | rw
 *          [7]                [7]                       [7]        a fault, and no copy
 *
 * Documents 002 and 004 say that a write to such a page creates a new one. In truth that holds
 * for all owners but the last: of n processes that write a page, n - 1 get a copy.
 * The kernel is careful rather than exact: where it cannot rule out another user of the frame, it
 * copies. So this asks that three frames in four are kept, not all.
 *
 * Look with: ru_minflt; the frame numbers of /proc/PID/pagemap.
 * Read on:   fork(2); documents 002 "fork revisited", 004 section 18.1.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("The last owner of a shared frame keeps it");

enum { PAGES = 256, MOST = PAGES * 3 / 4, FEW = PAGES / 4 };

/* After a fork the counting itself costs faults (its code, its stack): all is used once here. */
static void rehearse(void)
{
	char *spare = mmap(NULL, page_size(), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
			   -1, 0);

	arrange(spare != MAP_FAILED);
	(void)faults_of(store_each(spare, 1, 0));
}

CLAIM(who_survives_keeps_the_frames, "cow-08",
      "When the child has ended, the parent's writes fault and keep the frames",
      .needs = FRAME_NUMBERS)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);
	struct pages before = observe_pages("before", area, PAGES);

	IN_CHILD {
		assert_strip(observe_pages("child", area, PAGES), "s");
	}
	store_each(area, PAGES, 'p');

	struct pages after = observe_pages("after", area, PAGES);

	assert_strip(after, "o");
	assert_at_least(count_frames_kept(after, before), MOST, "frames kept");
}

CLAIM(the_permission_comes_back_by_a_fault, "cow-08",
      "The last owner's first write to each page faults, though nothing is left to be shared",
      .needs = FAULT_COUNTS)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

	IN_CHILD {
		load_each(area, PAGES);
	}
	rehearse();
	assert_equals(faults_of(store_each(area, PAGES, 'p')).minor, PAGES,
		      "faults of the first writes");
	assert_equals(faults_of(store_each(area, PAGES, 'p')).minor, 0,
		      "faults of the second writes");
}

CLAIM(who_took_a_copy_owns_nothing_here_any_more, "cow-08",
      "When the child has copied every page, the parent's writes keep the frames while both live",
      .needs = FRAME_NUMBERS)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);
	struct pages before = observe_pages("before", area, PAGES);
	struct child other;

	START_CHILD(other) {
		write_pattern(area, PAGES * page_size(), 2);
		hand_over();
		assert_pattern(area, PAGES * page_size(), 2, "what the child reads");
	}
	assert_strip(observe_pages("parent, alone again", area, PAGES), "o");
	assert_pattern(area, PAGES * page_size(), 1, "what the parent reads");
	write_pattern(area, PAGES * page_size(), 3);
	assert_at_least(count_frames_kept(observe_pages("after", area, PAGES), before), MOST,
			"frames kept");
	end_child(&other);
}

CLAIM(the_last_owner_may_be_the_child, "cow-08",
      "When the parent has unmapped the area, the child inherits the frames themselves",
      .needs = FRAME_NUMBERS)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);
	struct pages before = observe_pages("before", area, PAGES);
	struct child other;

	START_CHILD(other) {
		hand_over();
		assert_strip(observe_pages("child, alone", area, PAGES), "o");
		assert_pattern(area, PAGES * page_size(), 1, "what the child reads");
		store_each(area, PAGES, 'c');
		assert_at_least(count_frames_kept(observe_pages("after", area, PAGES), before),
				MOST, "frames kept");
	}
	assert_accepted(munmap(area, PAGES * page_size()));
	end_child(&other);
}

CONTROL(while_another_owner_lives_the_writer_moves, "cow-08",
	"While the child still shares the pages, the same writes change the frames",
	.needs = FRAME_NUMBERS)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);
	struct pages before = observe_pages("before", area, PAGES);
	struct child other;

	START_CHILD(other) {
		hand_over();
	}
	store_each(area, PAGES, 'p');
	assert_at_most(count_frames_kept(observe_pages("after", area, PAGES), before), FEW,
		       "frames kept");
	end_child(&other);
}
