/* SPDX-License-Identifier: MIT */
/*
 * A touch of any byte brings the whole page, and only it
 * ======================================================
 *
 * To touch a page, says a footnote of document 002, is to issue an address that falls within it:
 * which of its bytes is all the same, for the page is the smallest thing the kernel can hand out.
 * After one touch the rest of the page is there for nothing. The next page begins one byte
 * further, and is as far away as ever.
 *
 *      page k        page k+1      page k+2
 *      +-------------+-------------+-------------+
 *      |      .      |  *    o     |      .      |      * touched: one fault
 *      +-------------+-------------+-------------+      o there for nothing    . absent
 *
 *      A store of eight bytes may lie across a border:    +-----------123|45678-----------+
 *
 * Then one instruction needs two pages. The processor starts it, faults, the kernel brings a
 * page; it starts it again, faults on the other page, and starts again. Document 001 says that the
 * kernel then allows the program to proceed: all eight bytes must be there, and nothing else.
 *
 * Look with: /proc/PID/pagemap, getrusage(2) ru_minflt.
 * Read on:   document 001 "Kernel Intervention"; document 002, footnote; document 004 section 11.3.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("A touch of any byte brings the whole page, and only it");

/* A word that may lie anywhere, and is accessed by one instruction where the processor can. */
struct anywhere {
	uint64_t word;
} __attribute__((packed));

enum { OFFSETS = 6, WORD = sizeof(uint64_t), BORDERS = WORD - 1 };

static const uint64_t VALUE = UINT64_C(0x1122334455667788);

static char *fresh_pages(size_t count)
{
	char *area = mmap(NULL, count * page_size(), PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	arrange(area != MAP_FAILED);
	return area;
}

/* The middle one of each three pages is touched, each at another offset, from first to last. */
static char *touched_byte(char *area, size_t number)
{
	size_t offsets[OFFSETS] = {0,
				   1,
				   page_size() / 2 - 1,
				   page_size() / 2,
				   page_size() - WORD,
				   page_size() - 1};

	return page(area, 3 * number + 1) + offsets[number];
}

/* A word that has 1 to 7 of its bytes in one fresh page, and the others in the next. */
static struct anywhere *word_across(char *area, size_t border)
{
	return (struct anywhere *)(page(area, 2 * border + 1) - 1 - border);
}

static void store_word(struct anywhere *at)
{
	((volatile struct anywhere *)at)->word = VALUE;
}

static uint64_t load_word(const struct anywhere *at)
{
	return ((const volatile struct anywhere *)at)->word;
}

CLAIM(any_byte_brings_its_page_alone, "lazy-19",
      "A store to any one byte brings the page that holds it, and neither of its neighbours",
      .needs = FRAME_IDENTITY)
{
	char *stored = fresh_pages(3 * OFFSETS), *loaded = fresh_pages(3 * OFFSETS);

	for (size_t i = 0; i < OFFSETS; i++) {
		store(touched_byte(stored, i), 'x');
		load(touched_byte(loaded, i));
	}
	assert_strip(observe_pages("stored", stored, 3 * OFFSETS), ".o.");
	assert_strip(observe_pages("loaded", loaded, 3 * OFFSETS), ".z.");
}

CLAIM(the_rest_of_the_page_costs_nothing, "lazy-19",
      "After one store, wherever it fell, every other byte of that page is there without a fault",
      .needs = FAULT_COUNTS)
{
	char *area = fresh_pages(3 * OFFSETS);

	for (size_t i = 0; i < OFFSETS; i++) {
		char *touched = touched_byte(area, i), *whole = page_of(touched);

		assert_equals(faults_of(store(touched, 'x')).minor, 1,
			      "minor faults of the first store to a page");
		assert_equals(faults_of(for (size_t k = 0; k < page_size(); k++) {
				      load(whole + k);
				      store(whole + k, 'y');
			      }).minor,
			      0, "minor faults of every other byte of it");
	}
}

CLAIM(a_word_across_a_border_is_whole, "lazy-26",
      "A store across the border of two untouched pages puts all its bytes there, and no others")
{
	char *area = fresh_pages(2 * BORDERS), *around = fresh_pages(2 * BORDERS);
	size_t right = 0, zero = 0;

	for (size_t i = 0; i < BORDERS; i++) {
		zero += load_word(word_across(around, i)) == 0;
		store_word(word_across(area, i));
		for (size_t k = 0; k < WORD; k++) {
			char *byte = (char *)word_across(area, i) + k;

			right += load(byte) == load((const char *)&VALUE + k);
			store(byte, 0);
		}
	}
	assert_equals(right, BORDERS * WORD, "bytes that are right, of 7 words across borders");
	assert_equals(zero, BORDERS, "words loaded across a border that are zero");
	assert_all_bytes(area, 2 * BORDERS * page_size(), 0, "the bytes around those words");
}

CLAIM(a_copy_that_faults_on_its_way_is_whole, "lazy-26",
      "A copy into untouched pages, faulting at each of their borders, arrives complete")
{
	char *from = fresh_pages(OFFSETS), *to = fresh_pages(OFFSETS);
	size_t length = (OFFSETS - 1) * page_size(), shift = 5;

	write_pattern(from, length, 1);
	memcpy(to + shift, from, length);
	assert_all_bytes(to, shift, 0, "the bytes before the copy");
	assert_same_bytes(to + shift, from, length, "the copy");
	assert_all_bytes(to + shift + length, page_size() - shift, 0, "the bytes behind it");
}

CLAIM(a_word_across_a_border_brings_both_pages, "lazy-26",
      "A store across the border of two untouched pages faults twice and brings both",
      .needs = FAULT_COUNTS | FRAME_IDENTITY)
{
	char *area = fresh_pages(2 * BORDERS), *loaded = fresh_pages(2 * BORDERS);

	for (size_t i = 0; i < BORDERS; i++) {
		assert_equals(faults_of(store_word(word_across(area, i))).minor, 2,
			      "minor faults of one store across a border");
		assert_equals(faults_of(load_word(word_across(loaded, i))).minor, 2,
			      "minor faults of one load across a border");
	}
	assert_strip(observe_pages("stored", area, 2 * BORDERS), "o");
	assert_strip(observe_pages("loaded", loaded, 2 * BORDERS), "z");
}

CONTROL(the_next_byte_is_another_page, "lazy-19 lazy-26",
	"A word inside one page faults once, and the first byte of the next page faults again",
	.needs = FAULT_COUNTS | FRAME_IDENTITY)
{
	char *area = fresh_pages(3);
	struct anywhere *inside = (struct anywhere *)(page(area, 1) - WORD);

	assert_equals(faults_of(store_word(inside)).minor, 1,
		      "minor faults of a word that ends where its page ends");
	assert_strip(observe_pages("first", area, 3), "o..");
	assert_equals(faults_of(store(page(area, 1), 'x')).minor, 1,
		      "minor faults of the very next byte");
	assert_strip(observe_pages("next", area, 3), "oo.");
}
