/* SPDX-License-Identifier: MIT */
/*
 * Equal addresses in two processes are different places
 * =====================================================
 *
 * An address means something only together with the process that uses it. Two processes that map
 * private memory at the very same address have two pages there, and neither can so much as
 * notice the other (document 004, 14.1). Sharing has to be asked for; then the address does
 * not matter either.
 *
 *      process A                             process B
 *      0x7f00.....000 --> [ AAAAAAAA ]       0x7f00.....000 --> [ BBBBBBBB ]
 *
 * The address was found free in a common ancestor, so both have it free. They write in turn, each
 * all the bytes, and then look again at what is there.
 *
 * Look with: all the bytes, on both sides and in turn; pagemap, which names the frames.
 * Read on:   mmap(2), fork(2); document 004 sections 1, 14.1 and 15.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("Equal addresses in two processes are different places");

enum { PAGES = 8, ROUNDS = 3 };

/* New memory at this address, over whatever there is. */
static void map_at(char *address, int sharing, int fd)
{
	arrange(mmap(address, PAGES * page_size(), PROT_READ | PROT_WRITE,
		     sharing | MAP_FIXED | (fd < 0 ? MAP_ANONYMOUS : 0), fd, 0) == address);
}

/* Each of a parent and its child, in turn, writes patterns of its own and then finds its last one. */
static void write_in_turn(char *area, unsigned seed, struct child *other)
{
	for (unsigned round = 0; round < ROUNDS; round++) {
		write_pattern(area, PAGES * page_size(), seed + round);
		if (other) {
			give_turn(other);
		} else {
			hand_over();
		}
		assert_pattern(area, PAGES * page_size(), seed + round, "what the process wrote");
	}
}

CLAIM(each_finds_what_it_wrote_itself, "prot-11",
      "Two processes that map the same address privately each read only what they wrote themselves")
{
	char *address = reserve(PAGES);
	struct child other;

	START_CHILD(other) {
		map_at(address, MAP_PRIVATE, -1);
		assert_all_bytes(address, PAGES * page_size(), 0, "the child's new memory");
		write_in_turn(address, 100, NULL);
	}
	map_at(address, MAP_PRIVATE, -1);
	assert_all_bytes(address, PAGES * page_size(), 0, "the parent's new memory");
	write_in_turn(address, 200, &other);
	end_child(&other);
}

CLAIM(so_do_shared_mappings_made_apart, "prot-11",
      "Shared memory that each of them has made for itself at the same address is not shared")
{
	char *address = reserve(PAGES);
	struct child other;

	START_CHILD(other) {
		map_at(address, MAP_SHARED, -1);
		write_in_turn(address, 100, NULL);
	}
	map_at(address, MAP_SHARED, -1);
	write_in_turn(address, 200, &other);
	end_child(&other);
}

CLAIM(there_are_two_frames, "prot-11",
      "Behind the same address of two processes there are two frames, each mapped by one alone",
      .needs = FRAME_IDENTITY)
{
	char *address = reserve(PAGES);
	struct child other;

	START_CHILD(other) {
		map_at(address, MAP_PRIVATE, -1);
		write_pattern(address, PAGES * page_size(), 1);
		hand_over();
	}
	map_at(address, MAP_PRIVATE, -1);
	write_pattern(address, PAGES * page_size(), 1);
	assert_strip(observe_pages("parent", address, PAGES), "o");
	assert_strip(observe_pages_of(other.pid, "child", address, PAGES), "o");
	end_child(&other);
	assert_pattern(address, PAGES * page_size(), 1, "what the parent wrote");
}

CONTROL(one_object_is_one_place, "prot-11",
	"With one object mapped there by both, each reads what the other wrote, byte for byte")
{
	char *address = reserve(PAGES);
	int fd = memory_file(PAGES, 1);
	struct child other;

	START_CHILD(other) {
		map_at(address, MAP_SHARED, fd);
		assert_pattern(address, PAGES * page_size(), 1, "what the child finds");
		write_pattern(address, PAGES * page_size(), 2);
		hand_over();
		assert_pattern(address, PAGES * page_size(), 3, "what the parent wrote");
	}
	map_at(address, MAP_SHARED, fd);
	assert_pattern(address, PAGES * page_size(), 2, "what the child wrote");
	write_pattern(address, PAGES * page_size(), 3);
	give_turn(&other);
	end_child(&other);
}
