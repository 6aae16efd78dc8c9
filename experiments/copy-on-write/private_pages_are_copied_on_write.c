/* SPDX-License-Identifier: MIT */
/*
 * A forked page is copied when somebody writes to it, and not before
 * ==================================================================
 *
 * fork(2) promises the child an exact copy of its parent's memory. Copying a gigabyte to
 * run a ten-line child would be madness, so the kernel copies no page at all: both page
 * tables point at the same frames, both entries lose their write permission, and the first
 * write traps. Only then does the writer get a frame of its own.
 *
 *      before fork          after fork            after the child writes page 1
 *
 *      parent               parent   child        parent            child
 *      +---+---+            +---+---+             +---+---+         +---+---+
 *      | a | b |            | a | b |             | a | b |         | a | c |
 *      +---+---+            +---+---+             +---+---+         +---+---+
 *        |   |               \|   |/                \   \             /   |
 *       [7] [9]             [7]   [9]               [7] [9]         [7]  [12]
 *
 * Look with: /proc/PID/pagemap, which names the frame behind a page to root, and tells
 * anybody whether a page is mapped by one process alone.
 * Read on:   fork(2), proc(5) "pagemap"; documents 002 "fork revisited", 003, 004 section 18.1.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("A forked page is copied when somebody writes to it, and not before");

enum { PAGES = 8, WRITTEN = 3 };

/* So many pages of memory, each already backed by a frame of its own. */
static char *touched_pages(size_t count, int sharing)
{
	char *area = mmap(NULL, count * page_size(), PROT_READ | PROT_WRITE,
			  sharing | MAP_ANONYMOUS, -1, 0);

	arrange(area != MAP_FAILED);
	write_pattern(area, count * page_size(), 1);
	return area;
}

CLAIM(a_new_child_shares_every_frame, "fork-05",
      "Right after fork, parent and child map the same frame behind every page",
      .needs = FRAME_IDENTITY)
{
	char *area = touched_pages(PAGES, MAP_PRIVATE);

	assert_strip(observe_pages("before", area, PAGES), "o");
	IN_CHILD {
		struct pages childs = observe_pages("child", area, PAGES);
		struct pages parents = observe_pages_of(parent_process(), "parent", area, PAGES);

		assert_same_frames(childs, parents);
	}
	assert_strip(observe_pages("parent, once the child has gone", area, PAGES), "o");
}

CLAIM(the_first_write_copies_one_page, "cow-03 fork-09",
      "The first write to a shared page gives it two frames, and leaves its neighbours shared",
      .needs = FRAME_IDENTITY)
{
	char *area = touched_pages(PAGES, MAP_PRIVATE);
	const size_t each[] = {0, WRITTEN, PAGES - 1};

	for (size_t i = 0; i < 3; i++) {
		IN_CHILD {
			store(page(area, each[i]), 'c');

			struct pages childs = observe_pages("child", area, PAGES);
			struct pages parents = observe_pages_of(parent_process(), "parent", area,
								PAGES);

			assert_frames_differ_only_at(childs, parents, each[i]);
			assert_frames_differ_only_at(parents, childs, each[i]);
		}
	}
}

CLAIM(the_parent_is_a_writer_like_any_other, "cow-03",
      "A write of the parent parts the page as well, and the child keeps reading what was there",
      .needs = FRAME_IDENTITY)
{
	char *area = touched_pages(PAGES, MAP_PRIVATE);
	struct child other;

	START_CHILD(other) {
		hand_over();
		assert_pattern(area, PAGES * page_size(), 1, "what the child still reads");
	}
	store(page(area, WRITTEN), 'p');

	struct pages parents = observe_pages("parent", area, PAGES);
	struct pages childs = observe_pages_of(other.pid, "child", area, PAGES);

	assert_frames_differ_only_at(parents, childs, WRITTEN);
	assert_frames_differ_only_at(childs, parents, WRITTEN);
	end_child(&other);
}

CLAIM(the_copy_differs_only_where_it_was_written, "cow-07",
      "The copied page equals the original in every byte but the one that was written")
{
	char *area = touched_pages(PAGES, MAP_PRIVATE);
	static char original[64 * 1024];
	const size_t each[] = {0, page_size() / 2 + 5, page_size() - 1};

	arrange(page_size() <= sizeof original);
	memcpy(original, page(area, WRITTEN), page_size());
	for (size_t i = 0; i < 3; i++) {
		IN_CHILD {
			char *copy = page(area, WRITTEN);
			size_t behind = each[i] + 1;

			store(copy + each[i], (unsigned char)~load(original + each[i]));
			assert_same_bytes(copy, original, each[i],
					  "the bytes before the one written");
			assert_byte(copy + each[i], (unsigned char)~load(original + each[i]),
				    "the byte written");
			assert_same_bytes(copy + behind, original + behind, page_size() - behind,
					  "the bytes behind it");
		}
	}
	assert_pattern(area, PAGES * page_size(), 1, "what the parent still reads");
}

CONTROL(shared_memory_is_never_copied, "fork-05 cow-03 fork-09 cow-07",
	"The same steps over MAP_SHARED memory leave one frame, and let the write through",
	.needs = FRAME_IDENTITY)
{
	char *area = touched_pages(PAGES, MAP_SHARED);

	IN_CHILD {
		load_each(area, PAGES); /* entries of shared memory are not copied by fork */
		store(page(area, WRITTEN), 'c');
		assert_same_frames(observe_pages("child", area, PAGES),
				   observe_pages_of(parent_process(), "parent", area, PAGES));
	}
	assert_byte(page(area, WRITTEN), 'c', "what the parent reads where the child wrote");
}
