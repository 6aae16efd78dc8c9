/* SPDX-License-Identifier: MIT */
/*
 * The last page of a region is wasted in part
 * ===========================================
 *
 * Pieces of one size are easy to place, and that has a price (document 004, 6.4 and 13.3): who
 * needs one byte gets a page, and who needs one byte more than a page gets two. This is internal
 * fragmentation. Over regions of any length about half of the last page is wasted, which is half
 * a page a region.
 *
 *      needed      |xxxxxxxxxxxxxxxx|xxxxxxxxxxxxxxxx|xxxxx           |
 *      paid for    |    page 0      |    page 1      |    page 2      |
 *                                                          ^^^^^^^^^^^ wasted
 *
 * Half a page is a mean, not a promise. What is exact is each region's price: its length rounded
 * up.
 *
 * Look with: Rss and Pss of smaps, over a stretch of addresses that belongs to nobody else.
 * Read on:   mmap(2), proc(5) "smaps"; document 004 sections 6.4, 13.2 and 13.3.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("The last page of a region is wasted in part");

enum { REGIONS = 200, LONGEST = 4 };

static size_t rounded_up(size_t length)
{
	return (length + page_size() - 1) / page_size() * page_size();
}

/* A region of so many bytes at this address, and each of them written. */
static void make_region(char *address, size_t length, unsigned seed)
{
	char *area = mmap(address, length, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);

	arrange(area == address);
	write_pattern(area, length, seed);
}

/* Whether the bytes are those of the pattern. */
static bool is_intact(const char *start, size_t length, unsigned seed)
{
	char expected[64];
	bool intact = true;

	for (size_t at = 0; at < length && intact; at += sizeof expected) {
		size_t piece = length - at < sizeof expected ? length - at : sizeof expected;

		pattern_bytes(expected, piece, seed, at);
		intact = memcmp(start + at, expected, piece) == 0;
	}
	return intact;
}

/* These regions one behind the other, written all and then read all; yields the frames' bytes. */
static size_t price_of(const size_t *lengths, size_t count)
{
	size_t pages = 0, intact = 0;

	for (size_t i = 0; i < count; i++) {
		pages += rounded_up(lengths[i]) / page_size();
	}

	char *area = reserve(pages + 1), *at = area;

	for (size_t i = 0; i < count; at += rounded_up(lengths[i]), i++) {
		make_region(at, lengths[i], (unsigned)i);
	}
	at = area;
	for (size_t i = 0; i < count; at += rounded_up(lengths[i]), i++) {
		intact += is_intact(at, lengths[i], (unsigned)i);
	}

	assert_equals(intact, count, "regions that are intact when all were written");

	struct usage usage = observe_usage("regions", area, (pages + 1) * page_size());

	assert_equals(usage.pss, usage.rss, "bytes of frames that are not divided with anybody");
	return usage.rss;
}

CLAIM(one_byte_costs_a_page, "paging-05",
      "A region of one byte costs a page, and two hundred of them cost two hundred pages",
      .needs = AREA_USAGE)
{
	size_t lengths[REGIONS];

	for (size_t i = 0; i < REGIONS; i++) {
		lengths[i] = 1;
	}
	assert_equals(price_of(lengths, 1), page_size(), "bytes for a region of one byte");
	assert_equals(price_of(lengths, REGIONS), REGIONS * page_size(), "bytes for all of them");
}

CLAIM(one_byte_more_costs_another_page, "paging-06",
      "A region that is longer by one byte than one page, or two, costs another page",
      .needs = AREA_USAGE)
{
	for (size_t pages = 1; pages <= LONGEST; pages++) {
		size_t exact = pages * page_size(), less = exact - 1, more = exact + 1;

		assert_equals(price_of(&less, 1), exact, "bytes for a byte less than whole pages");
		assert_equals(price_of(&exact, 1), exact, "bytes for whole pages");
		assert_equals(price_of(&more, 1), exact + page_size(), "bytes for a byte more");
	}
}

CLAIM(half_a_page_is_wasted_on_average, "paging-07",
      "Regions of any length waste half a page each on average, the rest of their last one",
      .needs = AREA_USAGE)
{
	size_t lengths[REGIONS], needed = 0, paid = 0;
	uint32_t random = 12345;

	for (size_t i = 0; i < REGIONS; i++) {
		random = random * 1664525 + 1013904223; /* its high bits are the random ones */
		lengths[i] = 1 + (random >> 8) % (LONGEST * page_size());
		needed += lengths[i];
		paid += rounded_up(lengths[i]);
	}

	size_t price = price_of(lengths, REGIONS);

	assert_equals(price, paid, "bytes of all regions, each rounded up");
	assert_at_least((price - needed) / REGIONS, page_size() * 4 / 10, "bytes wasted a region");
	assert_at_most((price - needed) / REGIONS, page_size() * 6 / 10, "bytes wasted a region");
}

CONTROL(whole_pages_waste_nothing, "paging-05 paging-06 paging-07",
	"Regions of whole pages cost what they hold, and so do a page's bytes in one region",
	.needs = AREA_USAGE)
{
	size_t lengths[REGIONS], needed = 0;

	for (size_t i = 0; i < REGIONS; i++) {
		lengths[i] = (1 + i % LONGEST) * page_size();
		needed += lengths[i];
	}
	assert_equals(price_of(lengths, REGIONS), needed, "bytes of all regions");
	needed = REGIONS; /* bytes, in one region */
	assert_equals(price_of(&needed, 1), page_size(), "bytes for as many bytes in one region");
}
