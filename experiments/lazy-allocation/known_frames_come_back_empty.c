/* SPDX-License-Identifier: MIT */
/*
 * Frames that are known by their numbers come back empty
 * ======================================================
 *
 * Document 002 says that the kernel overwrites a page with binary zeros before it hands it out.
 * That fresh memory is zero does not prove it: the frames may never have held anything else. But
 * frames have numbers, and root may read them. Another process fills its memory, has the numbers
 * of its frames written down, and dies; the next owner finds some of these very numbers behind
 * pages of its own, and not one byte of what they held:
 *
 *      former owner            dead            new owner
 *
 *      +----+----+----+                        +----+----+----+
 *      | 9f | 4b | c3 |                        | 00 | 00 | 00 |
 *      +----+----+----+                        +----+----+----+
 *       [71] [72] [73]     [73] [72] [71]       [73] [72] [12]      two frames are known
 *
 * Nobody can demand a certain frame. So it is tried a few times, and one known frame is enough.
 *
 * Look with: /proc/PID/pagemap, which names frames to root.
 * Read on:   proc(5) "pagemap"; document 002, introduction; document 004 section 14.1.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>
#include <touchstone/processors.h>

EXPERIMENT("Frames that are known by their numbers come back empty");

enum { PAGES = 256, ATTEMPTS = 20 };

/* How many frames behind the pages of one view are behind some page of an earlier one. */
static size_t count_recurring(struct pages now, struct pages before)
{
	size_t recurring = 0;

	for (size_t i = 0; i < now.count; i++) {
		size_t k = 0;

		while (k < before.count && page_frame(before, k) != page_frame(now, i)) {
			k++;
		}
		recurring += page_frame(now, i) != 0 && k < before.count;
	}
	return recurring;
}

/* Another process fills the area and dies; we take it over, and tell how many frames came back. */
static size_t take_over(char *area, unsigned round)
{
	struct child other;

	START_CHILD(other) {
		write_pattern(area, PAGES * page_size(), round);
		hand_over();
	}

	struct pages before = observe_pages_of(other.pid, "former owner", area, PAGES);

	end_child(&other);
	for (size_t i = 0; i < PAGES; i++) { /* takes a frame by the first byte or by the last */
		char *at = page(area, i) + (i % 2 ? page_size() - 1 : 0);

		store(at, 'x');
		assert_byte(at, 'x', "the byte stored");
		store(at, 0);
	}
	assert_all_bytes(area, PAGES * page_size(), 0, "the new owner's memory");
	return count_recurring(observe_pages("new owner", area, PAGES), before);
}

CLAIM(the_very_same_frames_come_back_empty, "lazy-15",
      "Frames that held another process's data come back, by their numbers, with every byte zero",
      .needs = FRAME_NUMBERS)
{
	size_t recurring = 0;

	meet_the_same_frames();
	for (unsigned round = 0; round < ATTEMPTS && recurring == 0; round++) {
		recurring = take_over(fresh_pages(PAGES, MAP_PRIVATE), round);
	}
	evidence("frames that came back", "%zu of %d", recurring, PAGES);
	if (recurring == 0) {
		undecided("needs a frame that comes back: a less busy machine");
	}
}

CONTROL(frames_that_were_kept_hold_their_bytes, "lazy-15",
	"The frames of a file that outlives its writer are known again too, and hold every byte",
	.needs = FRAME_NUMBERS)
{
	char *area = fresh_mapping(PAGES, MAP_SHARED, memory_file(PAGES, 1));
	struct child other;

	START_CHILD(other) {
		write_pattern(area, PAGES * page_size(), 2);
		hand_over();
	}

	struct pages before = observe_pages_of(other.pid, "former owner", area, PAGES);

	end_child(&other);
	assert_pattern(area, PAGES * page_size(), 2, "the memory of the file");
	assert_at_least(count_recurring(observe_pages("we", area, PAGES), before), PAGES * 3 / 4,
			"frames that are known again");
}
