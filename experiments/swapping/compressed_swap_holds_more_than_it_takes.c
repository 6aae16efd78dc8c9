/* SPDX-License-Identifier: MIT */
/*
 * Compressed swap holds more than it takes
 * ========================================
 *
 * "Some systems compress less-active memory in RAM before pushing it to disk" (document 004, section 18.6).
 * With zram Linux does it in place of a disk: a page that is written to this swap area is compressed, and
 * what is left of it stays in memory. What that gains depends on what the pages hold.
 *
 *      a page of text           |########|                            a half of it, or much less
 *      a page of one value      |                                     nothing but the value
 *      random bytes             |################################|    all of it, and time for nothing
 *
 * Look with: /sys/block/zramN/mm_stat: bytes stored as they were, the same compressed, pages of one value.
 * Read on:   the kernel's Documentation/admin-guide/blockdev/zram.rst; document 004 section 18.6.
 */
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Compressed swap holds more than it takes");

/* Others may be swapping a few pages just now, which is little against so many. */
enum { PAGES = 256, ROOM = 4 * PAGES, SEED = 1, VALUE = 0x5a };

static struct swap_area zram(void)
{
	need_no_zswap();

	struct swap_area area = guard_swap_area(SWAP_ON_ZRAM, ROOM * page_size());

	turn_to_swap_area(&area);
	return area;
}

/* What it holds more, once these pages are out. */
static struct compression gain_of(const struct swap_area *area, char *memory)
{
	struct compression before = compression_of(area);

	leave_memory(area, memory, PAGES);

	struct compression now = compression_of(area);

	return (struct compression){.original = now.original - before.original,
				    .compressed = now.compressed - before.compressed,
				    .same = now.same - before.same};
}

/* Lines of text, each with a number of its own, so that no page is like another. */
static void write_text(char *area, size_t length)
{
	char line[80];

	for (size_t at = 0, number = 0; at < length; number++) {
		size_t whole = (size_t)snprintf(
			line, sizeof line, "Line %zu: memory is an illusion, and somebody pays.\n",
			number);
		size_t fits = whole < length - at ? whole : length - at;

		memcpy(area + at, line, fits);
		at += fits;
	}
}

CLAIM(text_shrinks, "zram-01 opt-04",
      "Pages of text take less than half of their size, and come back letter by letter",
      .needs = SWAP_AREA | PAGE_STATES, .alone = "swap")
{
	struct swap_area area = zram();
	char *memory = fresh_pages(PAGES, MAP_PRIVATE), *again = fresh_pages(PAGES, MAP_PRIVATE);

	write_text(memory, PAGES * page_size());

	struct compression gain = gain_of(&area, memory);

	assert_at_least(gain.original, PAGES * page_size(), "bytes stored, as they were");
	assert_at_least(gain.compressed, 1, "bytes stored, compressed");
	assert_at_most(gain.compressed, gain.original / 2, "bytes stored, compressed");
	write_text(again, PAGES * page_size());
	assert_same_bytes(memory, again, PAGES * page_size(), "what came back");
}

CLAIM(a_page_of_one_value_is_not_stored, "zram-02",
      "Pages that hold one value throughout are counted, and no memory is taken for them",
      .needs = SWAP_AREA | PAGE_STATES, .alone = "swap")
{
	struct swap_area area = zram();
	char *memory = fresh_pages(PAGES, MAP_PRIVATE);

	memset(memory, VALUE, PAGES * page_size());

	struct compression gain = gain_of(&area, memory);

	assert_at_least(gain.same, PAGES, "pages of one value");
	assert_at_most(gain.compressed, (long long)(PAGES / 8 * page_size()), "bytes compressed");
	assert_all_bytes(memory, PAGES * page_size(), VALUE, "what came back");
}

/* Bytes without any order, the same each time: a generator of George Marsaglia's (xorshift64). */
static void write_random(char *area, size_t length)
{
	for (uint64_t state = 1, i = 0; i < length; i += sizeof state) {
		state ^= state << 13;
		state ^= state >> 7;
		state ^= state << 17;
		memcpy(area + i, &state, sizeof state);
	}
}

CLAIM(random_bytes_do_not_shrink, "zram-03",
      "Pages of random bytes take as much as their size, and come back as they were",
      .needs = SWAP_AREA | PAGE_STATES, .alone = "swap")
{
	struct swap_area area = zram();
	char *memory = fresh_pages(PAGES, MAP_PRIVATE), *again = fresh_pages(PAGES, MAP_PRIVATE);

	write_random(memory, PAGES * page_size());

	struct compression gain = gain_of(&area, memory);

	assert_at_least(gain.compressed, (long long)(PAGES * page_size() / 16 * 15),
			"bytes compressed");
	assert_at_most(gain.same, PAGES / 2, "pages of one value");
	write_random(again, PAGES * page_size());
	assert_same_bytes(memory, again, PAGES * page_size(), "what came back");
}

CONTROL(what_is_given_up_is_forgotten, "zram-01 zram-02 zram-03 opt-04",
	"When such pages are unmapped the device holds less than half of what it held",
	.needs = SWAP_AREA | PAGE_STATES, .alone = "swap")
{
	struct swap_area area = zram();
	char *memory = filled_pages(PAGES, MAP_PRIVATE, SEED);
	struct compression before = compression_of(&area), gain = gain_of(&area, memory);

	assert_at_least(gain.original, PAGES * page_size(), "bytes stored, as they were");
	assert_accepted(munmap(memory, PAGES * page_size()));
	assert_at_most(compression_of(&area).original - before.original, gain.original / 2,
		       "bytes stored, as they were, when the pages are unmapped");
}
