/* SPDX-License-Identifier: MIT */
/*
 * Pages leave no gap that cannot be used
 * ======================================
 *
 * Document 004 (sections 7.3 and 19) compares two ways to divide a memory. Segments are as long
 * as they need to be and lie in one piece: nothing is wasted inside, but gaps are left between,
 * and a request may be refused though all gaps together would suffice. Pages are of one size:
 * any free frame is as good as another, but the last page of a region is seldom full.
 *
 *      segments   |AAAAA|..|BBBBBBB|...|CC|..|     seven units are free, but no four in a row
 *      pages      |AAAA|A---|BBBB|BBB-|....|CC--|  any free frame will do; "-" is wasted
 *
 * Both serve the same requests here, each in a file of so many frames. A region of pages is mapped
 * frame by frame, so that its addresses are in one piece. Each is looked at before it goes.
 *
 * Look with: the requests that were refused, what was free then, and the bytes of every region.
 * Read on:   mmap(2); document 004 sections 7.3, 13.2, 13.3 and 19.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("Pages leave no gap that cannot be used");

enum { FRAMES = 48, UNITS = 16, MOST = 6 }; /* units a frame; frames a region, at most */
enum { REQUESTS = 200, FULL = 16 };         /* from so many on one goes for each that comes */

struct region {
	char *start;
	size_t units, pieces, at[MOST * UNITS]; /* 0 pieces: it has gone, or was refused */
};

struct memory {
	size_t piece; /* units that are handed out together */
	bool anywhere, taken[FRAMES * UNITS];
	char *frames;
	int fd;
	struct region regions[REQUESTS];
	size_t served, intact, padding;
	size_t refused_in_vain; /* though enough pieces were free */
};

/* Finds pieces for the region: the first free ones, or the first ones that lie in a row. */
static bool find_pieces(struct memory *memory, struct region *region, size_t wanted)
{
	size_t count = FRAMES * UNITS / memory->piece, row = 0, unused = 0;

	for (size_t i = 0; i < count && row < wanted; i++) {
		if (!memory->taken[i]) {
			region->at[row++] = i;
			unused++;
		} else if (!memory->anywhere) {
			row = 0;
		}
	}
	memory->refused_in_vain += row < wanted && unused >= wanted;
	return row == wanted;
}

static void make_region(struct memory *memory, unsigned number, size_t units)
{
	struct region *region = &memory->regions[number];
	size_t wanted = (units + memory->piece - 1) / memory->piece, unit = page_size() / UNITS;

	if (!find_pieces(memory, region, wanted)) {
		return;
	}
	region->units = units;
	region->pieces = wanted;
	region->start = memory->anywhere ? reserve(wanted)
					 : memory->frames + region->at[0] * memory->piece * unit;
	for (size_t i = 0; i < wanted; i++) {
		memory->taken[region->at[i]] = true;
		arrange(!memory->anywhere ||
			mmap(page(region->start, i), page_size(), PROT_READ | PROT_WRITE,
			     MAP_SHARED | MAP_FIXED, memory->fd,
			     (off_t)(region->at[i] * page_size())) != MAP_FAILED);
	}
	memory->served++;
	memory->padding += wanted * memory->piece - units;
	memset(region->start, (int)number, units * unit);
}

/* The first region from this number on that is there is looked at, and goes. */
static void end_region(struct memory *memory, unsigned number)
{
	for (unsigned i = 0; i < REQUESTS && !memory->regions[number].pieces; i++) {
		number = (number + 1) % REQUESTS;
	}

	struct region *region = &memory->regions[number];
	size_t length = region->units * (page_size() / UNITS), at = 0;

	for (; at < length && load(region->start + at) == number; at++) {
	}
	memory->intact += region->pieces && at == length;
	for (size_t i = 0; i < region->pieces; i++) {
		memory->taken[region->at[i]] = false;
	}
	region->pieces = 0;
}

/* The same requests, whoever serves them: regions of any length come, and any of them go. */
static struct memory *serve(size_t piece, bool anywhere)
{
	static struct memory memory;
	uint32_t random = 2024;

	memory = (struct memory){.piece = piece, .anywhere = anywhere};
	memory.fd = memory_file(FRAMES, 0);
	memory.frames = fresh_mapping(FRAMES, MAP_SHARED, memory.fd);
	for (unsigned i = 0; i < REQUESTS; i++) {
		random = random * 1664525 + 1013904223; /* its high bits are the random ones */
		make_region(&memory, i, 1 + (random >> 8) % (MOST * UNITS));
		random = random * 1664525 + 1013904223;
		if (i >= FULL) {
			end_region(&memory, (random >> 8) % REQUESTS);
		}
	}
	for (unsigned i = 0; i < REQUESTS; i++) {
		end_region(&memory, i);
	}
	assert_equals(memory.intact, memory.served, "regions that were intact in the end");
	return &memory;
}

CLAIM(pages_waste_inside_and_not_between, "paging-15",
      "Pages are never refused while enough frames are free, and the last ones are not full")
{
	struct memory *memory = serve(UNITS, true);

	assert_equals(memory->refused_in_vain, 0, "requests refused though enough was free");
	assert_at_least(memory->padding, 1, "units wasted inside");
}

CLAIM(segments_waste_between_and_not_inside, "paging-15",
      "Segments are refused though enough is free, and what is given is used in full")
{
	struct memory *memory = serve(1, false);

	assert_at_least(memory->refused_in_vain, 1, "requests refused though enough was free");
	assert_equals(memory->padding, 0, "units wasted inside");
}

CONTROL(pages_in_a_row_are_refused_in_vain, "paging-15",
	"Pages that have to lie in a row, as segments do, leave gaps as well: the freedom matters")
{
	assert_at_least(serve(UNITS, false)->refused_in_vain, 1, "requests refused in vain");
}
