/* SPDX-License-Identifier: MIT */
/*
 * What stands behind each page of a range, seen through /proc/PID/pagemap.
 *
 *     struct pages seen = observe_pages("parent", area, 8);       keeps the strip as evidence
 *     assert_strip(seen, "...o....");
 *
 * A strip has one letter a page:
 *
 *     .  absent         nothing behind the page, not even a swap slot
 *     o  own frame      a frame that this process alone maps
 *     s  shared frame   a frame that is mapped more than once
 *     z  zero page      the kernel's page of zeros, lent to whoever only reads
 *     ~  swapped        the page is in swap
 *     p  present        only in what is expected: any of o, s and z
 *     ?  anything       only in what is expected
 *
 * Observes: bits 63 (present), 62 (swapped), 61 (file or shared memory), 56 (mapped by one
 *           process alone) and, with CAP_SYS_ADMIN, the frame number and /proc/kpageflags
 *           (Documentation/admin-guide/mm/pagemap.rst).
 * Strength: with CAP_SYS_ADMIN frames are compared by number. Without it the kernel reports
 *           every number as 0; then sharing is told by bit 56, and zeros are never compared.
 *           A zero page can then not be told from a shared frame: both letters are accepted.
 * Needs:    PAGE_STATES; for o, s and the comparisons FRAME_IDENTITY; FRAME_NUMBERS where said.
 * Errors:   a pagemap that cannot be read ends the claim as an error.
 */
#ifndef TOUCHSTONE_PAGES_H
#define TOUCHSTONE_PAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include <touchstone/outcome.h>

struct pages {
	const char *label;
	pid_t process; /* whose pages these are */
	const void *start;
	size_t count;
	bool numbered;         /* frame numbers were visible */
	const uint64_t *words; /* one pagemap word a page */
	const uint64_t *flags; /* one kpageflags word a page; NULL where not permitted */
};

/* count pages from start, in this process, or in another one of the same user. */
struct pages observe_pages(const char *label, const void *start, size_t count);
struct pages observe_pages_of(pid_t process, const char *label, const void *start, size_t count);

/* Single pages of what was seen. */
bool page_is_present(struct pages seen, size_t number);
bool page_is_swapped(struct pages seen, size_t number);
bool page_is_exclusive(struct pages seen, size_t number); /* bit 56 */
bool page_is_of_file(struct pages seen, size_t number);   /* bit 61: a file's or shared memory */
uint64_t page_frame(struct pages seen, size_t number);    /* 0 where not present or not numbered */

/* How many of them. */
size_t count_present(struct pages seen);
size_t count_swapped(struct pages seen);
size_t count_exclusive(struct pages seen);
size_t count_of_file(struct pages seen);

/*
 * The strip is as expected. A pattern shorter than the range repeats: "." says that every page is
 * absent, "o..." that every fourth is there.
 */
#define assert_strip(seen_, pattern_) touchstone_assert_strip(HERE, seen_, pattern_)

/*
 * Two views of memory that is mapped twice, both taken while both mappings stand: the same frame is
 * behind every page, or behind every page but one, which has parted. By bit 56, and by number
 * where numbers are visible. FRAME_IDENTITY.
 */
#define assert_same_frames(a_, b_) touchstone_assert_frames(HERE, a_, b_, SIZE_MAX)
#define assert_frames_differ_only_at(a_, b_, number_)                                              \
	touchstone_assert_frames(HERE, a_, b_, number_)

/*
 * How many frames of now are those of before, page by page: for views of one range at two times,
 * or of one range that moved. FRAME_NUMBERS: an error where numbers are not visible.
 */
size_t count_frames_kept(struct pages now, struct pages before);

/* How many different frames are behind the present pages. FRAME_NUMBERS. */
size_t count_distinct_frames(struct pages seen);

void touchstone_assert_strip(struct place place, struct pages seen, const char *pattern);
void touchstone_assert_frames(struct place place, struct pages a, struct pages b, size_t but);

#endif
