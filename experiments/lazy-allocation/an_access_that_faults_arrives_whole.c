/* SPDX-License-Identifier: MIT */
/*
 * An access that faults on its way arrives whole
 * ==============================================
 *
 * Document 001 says that the kernel, once it has found a page and entered it in the page table,
 * allows the program to proceed with its access. To proceed is to start again: the instruction that
 * faulted is executed once more, from its beginning, as if nothing had been (document 004,
 * section 11.3). That matters most where one access needs two pages and neither is there:
 *
 *      +---------------12345|678----------------+       a store of eight bytes
 *       page k, untouched    page k+1, untouched
 *
 *      1. faults on page k, which is brought
 *      2. starts again, faults on page k+1, which is brought
 *      3. starts again, and stores eight bytes
 *
 * No half of it may be lost, and nothing beside it may be touched. The same holds of a long copy
 * that runs into one untouched page after the other.
 *
 * Look with: loads; getrusage(2) ru_minflt, /proc/PID/pagemap.
 * Read on:   document 001 "Kernel Intervention"; document 004 section 11.3.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("An access that faults on its way arrives whole");

/* A word that may lie anywhere, and is accessed by one instruction where the processor can. */
struct anywhere {
	uint64_t word;
} __attribute__((packed));

enum { WORD = sizeof(uint64_t), BORDERS = WORD - 1, COPIED = 5 };

static const uint64_t VALUE = UINT64_C(0x1122334455667788);

/* A word that has 1 to 7 of its bytes in one fresh page, and the others in the next. */
static struct anywhere *word_across(char *area, size_t border)
{
	return (struct anywhere *)(page(area, 2 * border + 1) - 1 - border);
}

/* Not volatile: of a packed word a compiler for ARM would then load what it is about to store over. */
static void store_word(struct anywhere *at)
{
	at->word = VALUE;
	__asm__ volatile("" ::: "memory");
}

static uint64_t load_word(const struct anywhere *at)
{
	uint64_t word = at->word;

	__asm__ volatile("" ::"r"(word) : "memory");
	return word;
}

CLAIM(a_word_across_a_border_is_whole, "lazy-26",
      "A store across the border of two untouched pages puts all its bytes there, and no others")
{
	char *area = fresh_pages(2 * BORDERS, MAP_PRIVATE),
	     *around = fresh_pages(2 * BORDERS, MAP_PRIVATE);
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
	char *from = fresh_pages(COPIED, MAP_PRIVATE), *to = fresh_pages(COPIED + 1, MAP_PRIVATE);
	size_t length = COPIED * page_size(), shift = 5;

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
	char *area = fresh_pages(2 * BORDERS, MAP_PRIVATE),
	     *loaded = fresh_pages(2 * BORDERS, MAP_PRIVATE);

	for (size_t i = 0; i < BORDERS; i++) {
		assert_equals(faults_of(store_word(word_across(area, i))).minor, 2,
			      "minor faults of one store across a border");
		assert_equals(faults_of(load_word(word_across(loaded, i))).minor, 2,
			      "minor faults of one load across a border");
	}
	assert_strip(observe_pages("stored", area, 2 * BORDERS), "o");
	assert_strip(observe_pages("loaded", loaded, 2 * BORDERS), "z");
}

CONTROL(a_word_inside_a_page_faults_once, "lazy-26",
	"A word that ends where its page ends faults once, and the next page stays away",
	.needs = FAULT_COUNTS | FRAME_IDENTITY)
{
	char *area = fresh_pages(2, MAP_PRIVATE);
	struct anywhere *inside = (struct anywhere *)(page(area, 1) - WORD);

	assert_equals(faults_of(store_word(inside)).minor, 1, "minor faults of the store");
	assert_equals(load_word(inside), VALUE, "the word");
	assert_strip(observe_pages("stored", area, 2), "o.");
}
