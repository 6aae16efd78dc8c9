/* SPDX-License-Identifier: MIT */
/*
 * The map tells shared areas from private ones
 * ============================================
 *
 * Document 002 maps an object either as a shared or as a private object, and calls the areas so.
 * Which of the two an area is, is decided by mmap, never changes, and can be read. The fourth
 * letter of a line of maps is s where writes are meant for everybody who maps the object, and p
 * where they stay private. Behind it stand two flags, which smaps shows: sh (shared) and mw (may be
 * made writable).
 *
 *                                                letter   sh    mw
 *      MAP_SHARED                                   s     yes   yes   for everybody
 *      MAP_SHARED, file open for reading only       s     no    no    by nobody
 *      MAP_PRIVATE                                  p     no    yes   into copies
 *
 * Document 002 tells of areas "flagged as private-copy-on-write". In truth there is no such flag:
 * it is what an area is that is not shared and may be written to. And the letter s alone does not
 * say that anybody could write: the second line has it, too.
 *
 * Look with: /proc/self/maps; VmFlags in /proc/self/smaps.
 * Read on:   proc(5), mmap(2); document 002 "Shared Objects Revisited".
 */
#include <fcntl.h>

#include <touchstone/experiment.h>

EXPERIMENT("The map tells shared areas from private ones");

enum { READ_WRITE = PROT_READ | PROT_WRITE, PAGES = 4 };

/* Its fourth letter, whatever rights it has at the moment. */
static void assert_kind(char *area, int kind)
{
	const int rights[] = {PROT_NONE, PROT_READ, READ_WRITE};

	for (size_t i = 0; i < 3; i++) {
		arrange(mprotect(area, PAGES * page_size(), rights[i]) == 0);
		assert_equals(observe_area(area).permissions[3], kind,
			      "the fourth letter, as a number");
	}
}

CLAIM(the_letter_tells_the_kind, "vma-08",
      "Shared areas have the letter s and private ones p, with or without a file, and keep it",
      .needs = AREA_LIST)
{
	int fd = memory_file(PAGES, 1);

	assert_kind(fresh_pages(PAGES, MAP_SHARED), 's');
	assert_kind(fresh_pages(PAGES, MAP_PRIVATE), 'p');
	assert_kind(fresh_mapping(PAGES, MAP_SHARED, fd), 's');
	assert_kind(fresh_mapping(PAGES, MAP_PRIVATE, fd), 'p');
}

/* Whether smaps has these flags for an area: sh shared, mw may be made writable. */
static void assert_flags(const char *what, char *area, bool shared, bool may_write)
{
	struct usage usage = observe_usage(what, area, PAGES * page_size());

	evidence("VmFlags", "%s", usage.flags);
	assert_equals(usage_has_flag(&usage, "sh"), shared, "VmFlags have sh");
	assert_equals(usage_has_flag(&usage, "mw"), may_write, "VmFlags have mw");
}

CLAIM(the_flags_tell_it_too, "vma-08",
      "In VmFlags shared areas have sh, and private ones, copied on write, mw without sh",
      .needs = AREA_USAGE)
{
	int fd = memory_file(PAGES, 1);

	assert_flags("shared memory", fresh_pages(PAGES, MAP_SHARED), true, true);
	assert_flags("private memory", fresh_pages(PAGES, MAP_PRIVATE), false, true);
	assert_flags("shared view", fresh_mapping(PAGES, MAP_SHARED, fd), true, true);
	assert_flags("private view", fresh_mapping(PAGES, MAP_PRIVATE, fd), false, true);
}

CLAIM(a_shared_view_for_readers_has_the_letter_only, "vma-08",
      "A shared view through a descriptor open for reading only has s, but neither sh nor mw",
      .needs = AREA_LIST | AREA_USAGE)
{
	int readers = open_again(memory_file(PAGES, 1), O_RDONLY);
	const size_t length = PAGES * page_size();
	char *shared = mmap(reserve(PAGES), length, PROT_READ, MAP_SHARED | MAP_FIXED, readers, 0);
	char *private = mmap(reserve(PAGES), length, PROT_READ, MAP_PRIVATE | MAP_FIXED, readers,
			     0);

	arrange(shared != MAP_FAILED && private != MAP_FAILED);
	assert_equals(observe_area(shared).permissions[3], 's', "the fourth letter, as a number");
	assert_flags("shared view", shared, false, false);
	assert_equals(observe_area(private).permissions[3], 'p', "the fourth letter, as a number");
	assert_flags("private view", private, false, true);
	assert_refused(mprotect(shared, page_size(), READ_WRITE), EACCES);
	assert_accepted(mprotect(private, page_size(), READ_WRITE));
}

CONTROL(the_other_kind_has_the_other_letter, "vma-08",
	"A view of the other kind at the same place has the other letter and the other flag",
	.needs = AREA_LIST | AREA_USAGE)
{
	char *place = reserve(PAGES);
	int fd = memory_file(PAGES, 1);

	for (int shared = 0; shared < 4; shared++) {
		int kind = shared % 2 ? MAP_SHARED : MAP_PRIVATE;

		arrange(mmap(place, PAGES * page_size(), READ_WRITE, kind | MAP_FIXED, fd, 0) ==
			place);
		assert_kind(place, shared % 2 ? 's' : 'p');
		assert_flags("view", place, shared % 2, true);
	}
}
