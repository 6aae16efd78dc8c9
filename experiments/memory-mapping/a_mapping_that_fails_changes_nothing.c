/* SPDX-License-Identifier: MIT */
/*
 * A mapping that fails changes nothing
 * ====================================
 *
 * mmap(2) can be refused for many reasons. It then answers MAP_FAILED, which is the pointer with
 * the value -1 and not NULL, and tells the reason in errno. Documents 002 and 003 mention errors
 * only in passing. What a program has to rely on is this: a mapping that was refused leaves no area
 * behind and takes none away, not even one that lies where the hint led.
 *
 *      mmap(hint, 0 bytes)  ----------------------> EINVAL
 *      mmap(hint, ..., closed descriptor)  -------> EBADF         | area at the hint |
 *      mmap(hint, more than there are addresses)  > ENOMEM        |  as it was       |
 *      mmap(hint, ..., write to a read-only file) > EACCES
 *
 * (MAP_FIXED is left out: it may have unmapped what lay there before it failed.)
 *
 * Look with: errno, /proc/self/maps before and after, and every byte of what lies at the hint.
 * Read on:   mmap(2) "ERRORS"; documents 002 "User-Level Memory Mapping", 003.
 */
#include <fcntl.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("A mapping that fails changes nothing");

enum { PAGES = 2, CLOSED = 12345 };

/* Mappings that cannot be made: no such file, no length, too long, no right to write. */
static void try_the_impossible(void *at)
{
	size_t endless = SIZE_MAX - page_size() + 1, length = page_size();
	int fd = open_again(scratch_file(PAGES, 1), O_RDONLY), none = MAP_PRIVATE | MAP_ANONYMOUS;

	assert_refused(mmap(at, length, PROT_READ, MAP_PRIVATE, CLOSED, 0), EBADF);
	assert_refused(mmap(at, length, PROT_READ, MAP_PRIVATE, -1, 0), EBADF);
	assert_refused(mmap(at, 0, PROT_READ, none, -1, 0), EINVAL);
	assert_refused(mmap(at, endless, PROT_READ, none, -1, 0), ENOMEM);
	assert_refused(mmap(at, SIZE_MAX, PROT_READ, none, -1, 0), ENOMEM);
	assert_refused(mmap(at, length, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0), EACCES);
}

CLAIM(a_mapping_that_fails_changes_no_byte, "map-17",
      "A mapping that cannot be made answers MAP_FAILED and errno, and what lies at its hint stays")
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	write_pattern(area, PAGES * page_size(), 1);
	try_the_impossible(NULL);
	try_the_impossible(area);
	assert_pattern(area, PAGES * page_size(), 1, "what was mapped before");
	write_pattern(area, PAGES * page_size(), 2);
}

CLAIM(a_mapping_that_fails_leaves_the_map, "map-17",
      "After mappings that could not be made every line of /proc/self/maps is as before",
      .needs = AREA_LIST)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);
	struct area_list before = observe_areas();

	try_the_impossible(NULL);
	try_the_impossible(area);
	assert_same_areas(observe_areas(), before, "the map");
}

CONTROL(a_mapping_that_succeeds_adds_an_area, "map-17",
	"A mapping that can be made appears in the map, and takes the place of what lies at it",
	.needs = AREA_LIST)
{
	char *place = reserve(PAGES);
	int rw = PROT_READ | PROT_WRITE, flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED;

	assert_equals(count_areas(place - page_size(), (PAGES + 2) * page_size()), 1, "areas");
	assert_accepted(mmap(place, page_size(), rw, flags, -1, 0));
	assert_equals(count_areas(place - page_size(), (PAGES + 2) * page_size()), 3,
		      "areas, with the new one and what is left of the old one around it");
	write_pattern(place, page_size(), 1);
	assert_accepted(mmap(place, page_size(), rw, flags, -1, 0));
	assert_all_bytes(place, page_size(), 0, "what lay there");
}
