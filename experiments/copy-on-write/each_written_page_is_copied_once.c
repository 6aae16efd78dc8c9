/* SPDX-License-Identifier: MIT */
/*
 * Each written page is copied once, and the copy is the writer's
 * ==============================================================
 *
 * After a fork, says document 004, "only modified pages are copied". The price is counted in pages,
 * not in writes: the first write to a page parts it, and who owns the copy may go on writing. And
 * it is the writer who moves: the new frame is the writer's, while the other process goes on with
 * the old one and notices nothing.
 *
 *      after fork                the child writes pages 0 and 2, twice
 *
 *      parent  [7] [9] [4] [6]   parent  [7]  [9] [4]  [6]
 *      child   [7] [9] [4] [6]   child   [12] [9] [13] [6]
 *
 * Look with: /proc/PID/pagemap bit 56 (mapped by one process alone), and its frame numbers.
 * Read on:   fork(2), proc(5) "pagemap"; documents 002 "fork revisited", 004 section 18.1.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("Each written page is copied once, and the copy is the writer's");

enum { MANY = 64 };

CLAIM(as_many_copies_as_pages_written, "cow-03 fork-09",
      "Who writes every second page gets every second page copied, however often it writes",
      .needs = FRAME_IDENTITY)
{
	char *area = filled_pages(MANY, MAP_PRIVATE, 1);

	IN_CHILD {
		for (size_t i = 0; i < 2 * MANY; i += 2) { /* round twice */
			store(page(area, i % MANY) + i, 'c');
		}
		assert_strip(observe_pages("child", area, MANY), "os");
		assert_strip(observe_pages_of(parent_process(), "parent", area, MANY), "os");
	}
}

/* The kernel may move a frame for reasons of its own; it does not move a quarter of them. */
CLAIM(the_writer_moves_and_the_other_stays, "fork-09",
      "The new frames are the writer's, and the other process keeps the old ones",
      .needs = FRAME_NUMBERS)
{
	char *area = filled_pages(MANY, MAP_PRIVATE, 1);
	struct pages before = observe_pages("before", area, MANY);

	IN_CHILD {
		store_each(area, MANY, 'c');

		struct pages childs = observe_pages("child", area, MANY);
		struct pages parents = observe_pages_of(parent_process(), "parent", area, MANY);

		assert_at_least(count_frames_kept(parents, before), MANY * 3 / 4,
				"old frames that the parent kept");
		assert_at_most(count_frames_kept(childs, before), MANY / 4,
			       "old frames that the child kept");
	}
}

CONTROL(shared_pages_stay_together, "cow-03 fork-09",
	"The same writes to every second page of MAP_SHARED memory part no page",
	.needs = FRAME_IDENTITY)
{
	char *area = filled_pages(MANY, MAP_SHARED, 1);

	IN_CHILD {
		load_each(area, MANY); /* entries of shared memory are not copied by fork */
		for (size_t i = 0; i < 2 * MANY; i += 2) {
			store(page(area, i % MANY) + i, 'c');
		}
		assert_strip(observe_pages("child", area, MANY), "s");
		assert_strip(observe_pages_of(parent_process(), "parent", area, MANY), "s");
	}
}

CONTROL(a_writer_of_shared_memory_stays, "fork-09",
	"Who writes to MAP_SHARED memory keeps the old frames", .needs = FRAME_NUMBERS)
{
	char *area = filled_pages(MANY, MAP_SHARED, 1);
	struct pages before = observe_pages("before", area, MANY);

	IN_CHILD {
		store_each(area, MANY, 'c');
		assert_at_least(count_frames_kept(observe_pages("child", area, MANY), before),
				MANY * 3 / 4, "old frames that the child kept");
	}
}
