/* SPDX-License-Identifier: MIT */
/*
 * Touching memory, filling it, and looking at every byte of it.
 *
 * None of these words maps or unmaps anything but those that reserve, and fresh_pages(): the calls
 * that are studied stand in the experiment itself.
 */
#ifndef TOUCHSTONE_MEMORY_H
#define TOUCHSTONE_MEMORY_H

#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>

#include <touchstone/outcome.h>

/* The size of a page in bytes, as the kernel told this process: sysconf(_SC_PAGESIZE). */
size_t page_size(void);

/* page(area, 3): the first byte of the area's fourth page. The area starts on a page. */
static inline char *page(const void *area, size_t number)
{
	return (char *)(uintptr_t)area + number * page_size();
}

/* page_of(p): the first byte of the page that p points into. */
static inline char *page_of(const void *address)
{
	return (char *)((uintptr_t)address & ~(uintptr_t)(page_size() - 1));
}

/* One access that the compiler can neither drop nor move: to touch is to load or to store. */
static inline unsigned char load(const void *address)
{
	return *(const volatile unsigned char *)address;
}

static inline void store(void *address, unsigned char value)
{
	*(volatile unsigned char *)address = value;
}

/* One load, or one store of the value, at the first byte of each of count pages. */
void load_each(const void *area, size_t count);
void store_each(void *area, size_t count, unsigned char value);

/*
 * A filling in which every 64-bit word differs from every other and from those of other seeds
 * (below 2^16), so that a page that moved, was copied short or was mixed up is noticed.
 * write_pattern fills length bytes; assert_pattern looks at all of them.
 * The pattern belongs to the offset in the area, not to the address.
 */
void write_pattern(void *area, size_t length, unsigned seed);
#define assert_pattern(area_, length_, seed_, what_)                                               \
	touchstone_assert_pattern(HERE, area_, length_, seed_, what_)

/* The bytes of the pattern at an offset of the area, for files and pipes. */
void pattern_bytes(void *buffer, size_t length, unsigned seed, size_t offset);

/* assert_all_bytes(p, length, 0, "a fresh page"): every single byte has the value. */
#define assert_all_bytes(area_, length_, value_, what_)                                            \
	touchstone_assert_all_bytes(HERE, area_, length_, value_, what_)

/* assert_same_bytes(a, b, length, "what"): as memcmp, but tells where they part. */
#define assert_same_bytes(seen_, expected_, length_, what_)                                        \
	touchstone_assert_same_bytes(HERE, seen_, expected_, length_, what_)

/* assert_byte(p, 'c', "what the child reads"): one load, one value. */
#define assert_byte(address_, value_, what_)                                                       \
	touchstone_assert_byte(HERE, load(address_), value_, what_)

/*
 * reserve(count): a stretch of address space, count pages long, that nobody else uses or
 * touches: inaccessible (PROT_NONE, MAP_NORESERVE), with an inaccessible page on either side.
 * What an experiment maps into it with MAP_FIXED merges with no stranger's area.
 * An error where the address space is not to be had.
 */
char *reserve(size_t count);

/*
 * reserve_slots(count, size): so many stretches of that many bytes, each aligned to its size, for who
 * looks at the tables of distant pages. Undecided where the address space is too small for them.
 */
static inline char *reserve_slots(size_t count, size_t size)
{
	char *area = (char *)mmap(NULL, (count + 1) * size, PROT_NONE,
				  MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (area == (char *)MAP_FAILED && errno == ENOMEM) {
		undecided("needs more address space: user-mode-linux has 512 GiB, a single slot");
	}
	arrange(area != (char *)MAP_FAILED);
	return area + size - (uintptr_t)area % size;
}

/*
 * fresh_pages(count, MAP_PRIVATE): ordinary memory, where how it is mapped is not what is studied:
 * mmap(MAP_ANONYMOUS | MAP_FIXED) into a reserve(), readable and writable, private or shared, untouched.
 * fresh_mapping(count, MAP_SHARED, fd): the same of the first count pages of a file.
 * filled_pages(count, MAP_PRIVATE, seed): fresh pages that hold the pattern already, so that a
 * frame of its own is behind each.
 */
static inline char *fresh_mapping(size_t count, int sharing, int fd)
{
	char *area = (char *)mmap(reserve(count), count * page_size(), PROT_READ | PROT_WRITE,
				  sharing | MAP_FIXED, fd, 0);

	arrange(area != (char *)MAP_FAILED);
	return area;
}

static inline char *fresh_pages(size_t count, int sharing)
{
	return fresh_mapping(count, sharing | MAP_ANONYMOUS, -1);
}

static inline char *filled_pages(size_t count, int sharing, unsigned seed)
{
	char *area = fresh_pages(count, sharing);

	write_pattern(area, count * page_size(), seed);
	return area;
}

void touchstone_assert_pattern(struct place place, const void *area, size_t length, unsigned seed,
			       const char *what);
void touchstone_assert_all_bytes(struct place place, const void *area, size_t length,
				 unsigned char value, const char *what);
void touchstone_assert_same_bytes(struct place place, const void *seen, const void *expected,
				  size_t length, const char *what);
void touchstone_assert_byte(struct place place, unsigned char seen, unsigned char expected,
			    const char *what);

#endif
