/* SPDX-License-Identifier: MIT */
/* Touching, filling and looking at memory: touchstone/memory.h. */
#include <touchstone/memory.h>

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

size_t page_size(void)
{
	return (size_t)sysconf(_SC_PAGESIZE);
}

void load_each(const void *area, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		load(page(area, i));
	}
}

void store_each(void *area, size_t count, unsigned char value)
{
	for (size_t i = 0; i < count; i++) {
		store(page(area, i), value);
	}
}

/*
 * The seed fills the upper 16 bits; an odd factor permutes the lower 48, so no two words of an
 * area are equal. The seed is in every byte, so that under two seeds (below 255) all the bytes of a
 * word differ: a single byte of somebody else is noticed wherever it is. It is moved away from 0,
 * so no word is 0.
 */
static uint64_t pattern_word(unsigned seed, uint64_t index)
{
	const uint64_t lower = UINT64_C(0xffffffffffff);
	uint64_t everywhere = (uint64_t)(seed + 1) * UINT64_C(0x010101010101);

	return everywhere << 48 | ((index * UINT64_C(0x9e3779b97f4b) ^ everywhere) & lower);
}

static unsigned char pattern_byte(unsigned seed, size_t offset)
{
	uint64_t word = pattern_word(seed, offset / sizeof word);

	return ((const unsigned char *)&word)[offset % sizeof word];
}

void pattern_bytes(void *buffer, size_t length, unsigned seed, size_t offset)
{
	unsigned char *bytes = buffer;

	for (size_t i = 0; i < length;) {
		if ((offset + i) % sizeof(uint64_t) == 0 && length - i >= sizeof(uint64_t)) {
			uint64_t word = pattern_word(seed, (offset + i) / sizeof word);

			memcpy(bytes + i, &word, sizeof word);
			i += sizeof word;
		} else {
			bytes[i] = pattern_byte(seed, offset + i);
			i++;
		}
	}
}

void write_pattern(void *area, size_t length, unsigned seed)
{
	size_t whole = length / sizeof(uint64_t);
	volatile uint64_t *words = area;

	for (size_t i = 0; i < whole; i++) {
		words[i] = pattern_word(seed, i);
	}
	for (size_t i = whole * sizeof(uint64_t); i < length; i++) {
		store((char *)area + i, pattern_byte(seed, i));
	}
}

/* "byte 17 of page 3" */
static void place_in_area(char *text, size_t size, size_t offset)
{
	snprintf(text, size, "byte %zu of page %zu", offset % page_size(), offset / page_size());
}

static void tell_wrong_byte(struct place place, const char *what, size_t length, size_t offset,
			    size_t wrong, unsigned seen, unsigned expected)
{
	char text[300], where[80];

	place_in_area(where, sizeof where, offset);
	snprintf(text, sizeof text, "%s: all %zu bytes as expected, %s is %02x", what, length,
		 where, expected);
	broken(place, text, "%s is %02x; %zu of the bytes differ", where, seen, wrong);
}

void touchstone_assert_pattern(struct place place, const void *area, size_t length, unsigned seed,
			       const char *what)
{
	const volatile unsigned char *bytes = area;
	const volatile uint64_t *words = area;
	size_t whole = length / sizeof(uint64_t), first = length, wrong = 0;

	for (size_t i = 0; i < length; i++) {
		if (i % sizeof *words == 0 && i / sizeof *words < whole &&
		    words[i / sizeof *words] == pattern_word(seed, i / sizeof *words)) {
			i += sizeof *words - 1;
			continue;
		}
		if (bytes[i] != pattern_byte(seed, i)) {
			first = first == length ? i : first;
			wrong++;
		}
	}
	if (wrong) {
		tell_wrong_byte(place, what, length, first, wrong, bytes[first],
				pattern_byte(seed, first));
	}
	evidence(what, "all %zu bytes as written (pattern %u)", length, seed);
}

void touchstone_assert_all_bytes(struct place place, const void *area, size_t length,
				 unsigned char value, const char *what)
{
	const volatile unsigned char *bytes = area;
	const uint64_t word = value * UINT64_C(0x0101010101010101);
	size_t first = length, wrong = 0;

	for (size_t i = 0; i < length; i++) {
		if ((uintptr_t)(bytes + i) % sizeof word == 0 && length - i >= sizeof word &&
		    *(const volatile uint64_t *)(bytes + i) == word) {
			i += sizeof word - 1;
			continue;
		}
		if (bytes[i] != value) {
			first = first == length ? i : first;
			wrong++;
		}
	}
	if (wrong) {
		tell_wrong_byte(place, what, length, first, wrong, bytes[first], value);
	}
	evidence(what, "all %zu bytes are %02x", length, value);
}

void touchstone_assert_same_bytes(struct place place, const void *seen, const void *expected,
				  size_t length, const char *what)
{
	const volatile unsigned char *a = seen, *b = expected;
	size_t first = length, wrong = 0;

	for (size_t i = 0; i < length; i++) {
		if (((uintptr_t)(a + i) | (uintptr_t)(b + i)) % sizeof(uint64_t) == 0 &&
		    length - i >= sizeof(uint64_t) &&
		    *(const volatile uint64_t *)(a + i) == *(const volatile uint64_t *)(b + i)) {
			i += sizeof(uint64_t) - 1;
			continue;
		}
		if (a[i] != b[i]) {
			first = first == length ? i : first;
			wrong++;
		}
	}
	if (wrong) {
		tell_wrong_byte(place, what, length, first, wrong, a[first], b[first]);
	}
	evidence(what, "all %zu bytes are the same", length);
}

static void byte_in_words(char *text, size_t size, unsigned char byte)
{
	if (byte > ' ' && byte < 127) {
		snprintf(text, size, "'%c'", byte);
	} else {
		snprintf(text, size, "%02x", byte);
	}
}

void touchstone_assert_byte(struct place place, unsigned char seen, unsigned char expected,
			    const char *what)
{
	char text[300], shown[8];

	byte_in_words(shown, sizeof shown, seen);
	evidence(what, "%s", shown);
	if (seen != expected) {
		char wanted[8];

		byte_in_words(wanted, sizeof wanted, expected);
		snprintf(text, sizeof text, "%s: %s", what, wanted);
		broken(place, text, "%s", shown);
	}
}

char *reserve(size_t count)
{
	char *hole = mmap(NULL, (count + 2) * page_size(), PROT_NONE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	arrange(hole != MAP_FAILED);
	return hole + page_size();
}
