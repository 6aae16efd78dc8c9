/* SPDX-License-Identifier: MIT */
/*
 * One object serves many processes
 * ================================
 *
 * Processes that descend from one another come to common memory by birth, or by a descriptor that they
 * have inherited: a shared anonymous mapping over fork, a memory file mapped by each of them.
 * What they have is an object, and the object's pages are mapped by everybody: there is one frame
 * behind each page, and one byte behind each address. Nothing is sent, and nothing is copied.
 *
 *      process A           frames            process B
 *      | 0 | 1 | 2 | ----> [7][4][9] <---- | 0 | 1 | 2 |
 *
 * Look with: the first byte and the last, and every one between, from both processes in turn;
 *            /proc/PID/pagemap for the frames.
 * Read on:   mmap(2), memfd_create(2); documents 002 "Shared Objects Revisited", 004 sections 15.1
 *            and 15.4.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("One object serves many processes");

enum { PAGES = 3 };

static size_t length(void)
{
	return PAGES * page_size();
}

/*
 * Two processes write and read in turn: single bytes at both ends, then all of it. With a file the
 * child has a mapping of its own, else the one it has inherited.
 */
static void write_in_turn(char *area, int fd)
{
	struct child other;

	store(area, 'a');
	store(area + length() - 1, 'z');
	START_CHILD(other) {
		char *own = fd < 0 ? area : fresh_mapping(PAGES, MAP_SHARED, fd);

		assert_byte(own, 'a', "the first byte, read by the child");
		assert_byte(own + length() - 1, 'z', "the last byte, read by the child");
		store(own, 'b');
		store(own + length() - 1, 'y');
		hand_over();
		assert_pattern(own, length(), 1, "what the parent wrote");
		write_pattern(own, length(), 2);
	}
	assert_byte(area, 'b', "the first byte, read by the parent");
	assert_byte(area + length() - 1, 'y', "the last byte, read by the parent");
	write_pattern(area, length(), 1);
	end_child(&other);
	assert_pattern(area, length(), 2, "what the child wrote");
}

CLAIM(shared_anonymous_memory_is_one, "share-01",
      "What either process writes into inherited shared memory the other one reads")
{
	write_in_turn(fresh_pages(PAGES, MAP_SHARED), -1);
}

CLAIM(a_memory_file_is_one, "share-01",
      "What either process writes into its mapping of a memory file the other one reads")
{
	int fd = memory_file(PAGES, 3);

	write_in_turn(fresh_mapping(PAGES, MAP_SHARED, fd), fd);
}

CLAIM(one_frame_is_behind_inherited_memory, "share-01",
      "Behind each page of inherited shared memory both processes have one frame",
      .needs = FRAME_IDENTITY)
{
	char *area = fresh_pages(PAGES, MAP_SHARED);

	assert_strip(observe_pages("before", area, PAGES), ".");
	store_each(area, PAGES, 'x');
	assert_strip(observe_pages("one process", area, PAGES), "o");
	IN_CHILD {
		load_each(area, PAGES);
		assert_same_frames(observe_pages("child", area, PAGES),
				   observe_pages_of(parent_process(), "parent", area, PAGES));
	}
}

CLAIM(one_frame_is_behind_a_memory_file, "share-01",
      "Behind each page of a memory file two mappings in two processes have one frame",
      .needs = FRAME_IDENTITY)
{
	int fd = memory_file(PAGES, 3);
	char *area = fresh_mapping(PAGES, MAP_SHARED, fd);

	load_each(area, PAGES);
	IN_CHILD {
		char *own = fresh_mapping(PAGES, MAP_SHARED, fd);

		load_each(own, PAGES);
		assert_same_frames(observe_pages("child", own, PAGES),
				   observe_pages_of(parent_process(), "parent", area, PAGES));
	}
}

CONTROL(a_private_mapping_parts_at_the_first_write, "share-01",
	"Of the same memory file a private mapping shows no write to anybody else")
{
	int fd = memory_file(PAGES, 3);
	char *shared = fresh_mapping(PAGES, MAP_SHARED, fd);

	IN_CHILD {
		char *own = fresh_mapping(PAGES, MAP_PRIVATE, fd);

		write_pattern(own, length(), 2);
		assert_pattern(own, length(), 2, "what the child wrote for itself");
	}
	assert_pattern(shared, length(), 3, "what the parent reads");
}
