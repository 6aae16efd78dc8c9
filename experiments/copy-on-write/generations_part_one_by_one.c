/* SPDX-License-Identifier: MIT */
/*
 * Of three generations, each write parts only the writer
 * ======================================================
 *
 * The documents tell copy-on-write as a story of two: a parent, a child, "either of the
 * processes". A shell that forks a server that forks a worker makes three, all on the same
 * frames. Who writes steps aside with a copy, and the others go on sharing and notice nothing. When
 * all but one have stepped aside, the last is alone with the original, without having done a thing.
 *
 *      all three share       the middle one writes      the first one writes
 *
 *      f   m   l             f   l      m               f       l       m
 *       \  |  /               \ /       |               |       |       |
 *        [7]                  [7]     [12]            [15]     [7]    [12]
 *                             shared   own             own      own    own
 *
 * Look with: bit 56 of /proc/PID/pagemap, which falls only when nobody else maps the frame.
 * Read on:   fork(2), proc(5) "pagemap"; documents 002 "fork revisited", 004 section 18.1.
 */
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Of three generations, each write parts only the writer");

enum { PAGES = 8, WRITTEN = 3, INHERITED = 1, MIDDLES = 2, FIRSTS = 3, LASTS = 4 };

static void assert_strips(const char *area, const pid_t generations[3], const char *const strips[3])
{
	const char *names[] = {"first", "middle", "last"};

	for (size_t i = 0; i < 3; i++) {
		assert_strip(observe_pages_of(generations[i], names[i], area, PAGES), strips[i]);
	}
}

#define STRIPS (const char *const[])

CLAIM(each_writer_parts_alone, "fork-15",
      "The frames stay shared by those who have not written, until only one of them is left",
      .needs = FRAME_IDENTITY)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, INHERITED);
	pid_t generations[3] = {getpid()};
	struct child middle;

	START_CHILD(middle) {
		struct child last;

		START_CHILD(last) {
			hand_over(); /* only lives */
		}
		tell_parent(&last.pid, sizeof last.pid);
		hand_over();
		store(page(area, WRITTEN), 'm');
		hand_over();
	}
	generations[1] = middle.pid;
	hear_from(&middle, &generations[2], sizeof generations[2]);
	assert_strips(area, generations, STRIPS{"ssssssss", "ssssssss", "ssssssss"});
	give_turn(&middle);
	assert_strips(area, generations, STRIPS{"ssssssss", "sssossss", "ssssssss"});
	store(page(area, WRITTEN), 'f');
	assert_strips(area, generations, STRIPS{"sssossss", "sssossss", "sssossss"});
	end_child(&middle);
	assert_strip(observe_pages("first, alone", area, PAGES), "o");
}

CLAIM(nobody_reads_another_generations_writes, "fork-15",
      "Each generation writes every byte, the eldest last but one, and none reads another's values")
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, INHERITED);
	struct child middle;

	START_CHILD(middle) {
		struct child last;

		START_CHILD(last) {
			hand_over();
			assert_pattern(area, PAGES * page_size(), INHERITED, "what the last reads");
			hand_over();
			assert_pattern(area, PAGES * page_size(), INHERITED, "and reads again");
			write_pattern(area, PAGES * page_size(), LASTS);
		}
		write_pattern(area, PAGES * page_size(), MIDDLES);
		give_turn(&last);
		hand_over();
		end_child(&last);
		assert_pattern(area, PAGES * page_size(), MIDDLES, "what the middle one reads");
	}
	assert_pattern(area, PAGES * page_size(), INHERITED, "what the first reads");
	write_pattern(area, PAGES * page_size(), FIRSTS);
	end_child(&middle);
	assert_pattern(area, PAGES * page_size(), FIRSTS, "what the first reads at last");
}

CLAIM(a_copy_is_shared_in_its_turn, "fork-15",
      "The copy that a child made before it forked is shared by child and grandchild alone",
      .needs = FRAME_IDENTITY)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, INHERITED);

	IN_CHILD {
		store(page(area, WRITTEN), 'm');
		IN_CHILD {
			struct pages lasts = observe_pages("last", area, PAGES);
			struct pages middles = observe_pages_of(parent_process(), "middle", area,
								PAGES);

			assert_same_frames(lasts, middles);
			assert_byte(page(area, WRITTEN), 'm', "what the grandchild reads");
			store(page(area, WRITTEN), 'l');
		}
		assert_byte(page(area, WRITTEN), 'm', "what the child reads");
		assert_strip(observe_pages("middle, afterwards", area, PAGES), "sssossss");
	}
	assert_pattern(area, PAGES * page_size(), INHERITED, "what the first reads");
}

CONTROL(shared_memory_has_no_generations, "fork-15",
	"In MAP_SHARED memory a write of the grandchild is read by all three, and no frame parts",
	.needs = FRAME_IDENTITY)
{
	char *area = filled_pages(PAGES, MAP_SHARED, INHERITED);

	IN_CHILD {
		load_each(area, PAGES);
		IN_CHILD {
			load_each(area, PAGES);
			write_pattern(area, PAGES * page_size(), LASTS);
			assert_strip(observe_pages("last", area, PAGES), "s");
			assert_strip(observe_pages_of(parent_process(), "middle", area, PAGES),
				     "s");
		}
		assert_pattern(area, PAGES * page_size(), LASTS, "what the middle one reads");
	}
	assert_pattern(area, PAGES * page_size(), LASTS, "what the first reads");
}
