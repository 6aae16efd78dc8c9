/* SPDX-License-Identifier: MIT */
/*
 * Small holes add up to nothing
 * =============================
 *
 * External fragmentation, as document 004 (section 13.1) has it: "free memory exists, but it is split into
 * pieces". A request for one piece fails, "even though total free space is larger". Paging has relieved the
 * frames of memory from this. Addresses are not relieved: a mapping is one range of them, so an address
 * space shows external fragmentation at its purest. Here every other chunk of a stretch is unmapped:
 *
 *      |##|..|##|..|##|..|##|..|##|..|##|        half of it is free
 *         |....|                                 two chunks in one piece: nowhere
 *         |..|                                   one chunk: in any of the holes
 *
 * The whole of a process's addresses is so large, with 64 bits, that nobody runs short of them; a range
 * that was set aside for a heap, a table or a device is not.
 *
 * Look with: mmap(2) with MAP_FIXED_NOREPLACE, which says EEXIST where the room is not free.
 * Read on:   mmap(2), document 004 sections 4.1 and 13.1.
 */
#include <errno.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("Small holes add up to nothing");

#ifndef MAP_FIXED_NOREPLACE
#define MAP_FIXED_NOREPLACE 0x100000
#endif

enum { CHUNK = 5, HOLES = 12, CHUNKS = 2 * HOLES + 1, PAGES = CHUNKS * CHUNK };

/* Chunks that hold a pattern, every other one of them unmapped again. */
static char *memory_with_holes(void)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

	for (size_t i = 1; i < CHUNKS; i += 2) {
		assert_accepted(munmap(page(area, i * CHUNK), CHUNK * page_size()));
	}
	return area;
}

/* So many pages, just there and nowhere else. An answer that is another address is no success. */
static void *map_there(char *area, size_t number, size_t pages)
{
	void *got = mmap(page(area, number), pages * page_size(), PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);

	arrange(got != MAP_FAILED || errno == EEXIST || errno == ENOMEM);
	return got;
}

/* What lies between the holes is as it was. */
static void assert_the_others_stand(char *area)
{
	static char expected[CHUNK * 64 * 1024];

	arrange(page_size() <= 64 * 1024);
	for (size_t i = 0; i < CHUNKS; i += 2) {
		size_t offset = i * CHUNK * page_size();

		pattern_bytes(expected, CHUNK * page_size(), 1, offset);
		assert_same_bytes(area + offset, expected, CHUNK * page_size(),
				  "a chunk between two holes");
	}
}

CLAIM(two_holes_serve_no_double_request, "frag-01",
      "With half of a stretch free in holes of one size, a page more than that fits in at no place")
{
	char *area = memory_with_holes();

	for (size_t pages = CHUNK + 1; pages <= HOLES * CHUNK; pages += CHUNK - 1) {
		for (size_t at = 0; at + pages <= PAGES; at++) {
			assert_refused(map_there(area, at, pages), EEXIST);
		}
	}
	assert_the_others_stand(area);
}

CLAIM(each_hole_serves_a_request_of_its_size, "frag-01",
      "Each of the holes takes a request just as large as itself, and then it is full")
{
	char *area = memory_with_holes();

	for (size_t i = 1; i < CHUNKS; i += 2) {
		char *hole = page(area, i * CHUNK);

		assert_address(map_there(area, i * CHUNK, CHUNK), hole, "what is mapped in a hole");
		assert_all_bytes(hole, CHUNK * page_size(), 0, "the new mapping");
		memset(hole, 'x', CHUNK * page_size());
		assert_refused(map_there(area, i * CHUNK + CHUNK - 1, 1), EEXIST);
	}
	assert_the_others_stand(area);
}

CLAIM(the_documents_hundred_do_not_fit, "frag-01",
      "Where 100 pages are wanted and 120 are free, 40 and 4 times 20, they fit nowhere")
{
	const size_t holes[] = {40, 20, 20, 20, 20};
	enum { KINDS = 5, ALL = 120 + KINDS - 1 };
	char *area = fresh_pages(ALL, MAP_PRIVATE);
	size_t at = 0;

	for (size_t i = 0; i < KINDS; i++, at++) {
		assert_accepted(munmap(page(area, at), holes[i] * page_size()));
		at += holes[i];
	}
	for (at = 0; at + 100 <= ALL; at++) {
		assert_refused(map_there(area, at, 100), EEXIST);
	}
	assert_refused(map_there(area, 0, 41), EEXIST);
	assert_address(map_there(area, 0, 40), area, "what is mapped in the largest hole");
}

CONTROL(one_neighbour_less_makes_room, "frag-01",
	"As soon as one chunk between two holes is unmapped, the double request fits there")
{
	char *area = memory_with_holes();
	size_t between = 4;

	assert_refused(map_there(area, (between - 1) * CHUNK, 3 * CHUNK), EEXIST);
	assert_accepted(munmap(page(area, between * CHUNK), CHUNK * page_size()));
	assert_address(map_there(area, (between - 1) * CHUNK, 3 * CHUNK),
		       page(area, (between - 1) * CHUNK), "what is mapped across both holes");
	assert_all_bytes(page(area, (between - 1) * CHUNK), 3 * CHUNK * page_size(), 0,
			 "the new mapping");
}
