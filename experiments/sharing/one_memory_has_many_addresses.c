/* SPDX-License-Identifier: MIT */
/*
 * One memory has many addresses
 * =============================
 *
 * Processes map what they share "into their own address spaces", says document 004, and those are
 * separate worlds: nothing makes two processes put the object at the same address. Each asks for a
 * place of its own, and gets it. So what is stored in shared memory must not be a pointer; an offset from
 * the start of the object means the same to everybody.
 *
 *      process A, 0x7f10...  | 0 | 1 | ----> [ object ] <---- | 0 | 1 |  process B, 0x7e84...
 *
 * A child is the exception: what it has inherited lies where its parent has it.
 *
 * Look with: the addresses; every byte of a page written through one and read through the other.
 * Read on:   mmap(2), shm_overview(7); documents 002 "Shared Objects Revisited", 004 section 15.1.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("One memory has many addresses");

enum { PAGES = 2 };

static size_t length(void)
{
	return PAGES * page_size();
}

/* The same at another place: further down in what is reserved now, by a page more than its length. */
static char *elsewhere(const char *area, int fd)
{
	char *other = fresh_mapping(PAGES, MAP_SHARED, fd);

	arrange(other != area);
	return other;
}

CLAIM(each_process_has_a_place_of_its_own, "share-03",
      "Two processes have the object at two addresses, and every byte agrees in both directions")
{
	int fd = memory_file(PAGES, 1);
	char *area = fresh_mapping(PAGES, MAP_SHARED, fd), *childs;
	struct child other;

	START_CHILD(other) {
		char *own = elsewhere(area, fd);

		arrange(munmap(area, length()) == 0);
		tell_parent(&own, sizeof own);
		assert_pattern(own, length(), 1, "the object at the child's address");
		write_pattern(own, length(), 2);
		hand_over();
		assert_pattern(own, length(), 3, "what the parent wrote at its own");
		assert_trap(try_load(area), SIGSEGV, SEGV_MAPERR, area);
	}
	hear_from(&other, &childs, sizeof childs);
	assert_differs((intptr_t)childs, (intptr_t)area, "the address in the child");
	assert_trap(try_load(childs), SIGSEGV, SEGV_MAPERR, childs);
	assert_pattern(area, length(), 2, "what the child wrote at its own address");
	write_pattern(area, length(), 3);
	end_child(&other);
}

CLAIM(each_byte_has_both_addresses, "share-03",
      "A single store at any offset shows at that offset of the other mapping, and nowhere else")
{
	int fd = memory_file(PAGES, 1);
	char *area = fresh_mapping(PAGES, MAP_SHARED, fd), *other = elsewhere(area, fd);

	for (size_t i = 0; i < length(); i++) {
		unsigned char before = load(other + i), changed = (unsigned char)~before;

		store((i % 2 ? area : other) + i, changed);
		if (load(area + i) != changed || load(other + i) != changed) {
			assert_byte(area + i, changed, "the byte at one address");
			assert_byte(other + i, changed, "the byte at the other address");
		}
		store(area + i, before);
	}
	assert_pattern(area, length(), 1, "the object in the end");
	assert_pattern(other, length(), 1, "the same at the other address");
}

CLAIM(one_process_may_have_it_many_times, "share-03",
      "Sixteen mappings of one object in one process are sixteen addresses of the same bytes")
{
	enum { TIMES = 16 };
	int fd = memory_file(PAGES, 1);
	char *area[TIMES];

	for (size_t i = 0; i < TIMES; i++) {
		area[i] = fresh_mapping(PAGES, MAP_SHARED, fd);
	}
	for (unsigned i = 0; i < TIMES; i++) {
		write_pattern(area[i], length(), i + 2);
		assert_pattern(area[(i + 1) % TIMES], length(), i + 2, "the next mapping");
		assert_pattern(area[(i + TIMES - 1) % TIMES], length(), i + 2, "the last mapping");
	}
}

CONTROL(a_child_inherits_the_address, "share-03",
	"What a child inherits lies where its parent has it, and is the same memory there")
{
	char *area = fresh_pages(PAGES, MAP_SHARED), *childs;
	struct child other;

	START_CHILD(other) {
		write_pattern(area, length(), 1);
		childs = area;
		tell_parent(&childs, sizeof childs);
	}
	hear_from(&other, &childs, sizeof childs);
	assert_address(childs, area, "the address in the child");
	assert_pattern(childs, length(), 1, "what the child wrote there");
	end_child(&other);
}
