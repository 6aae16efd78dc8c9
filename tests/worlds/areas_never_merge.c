/* SPDX-License-Identifier: MIT */
/* An area that was split stays so, and one that is mapped joins no other, however alike. */
#include <touchstone/memory.h>

#include "worlds/world.h"

/* Advice differs from each to the next two: a difference that makes none to the program. */
static void set_apart(void *area, size_t length)
{
	const int advice[] = {MADV_NORMAL, MADV_RANDOM, MADV_SEQUENTIAL};
	static size_t count;

	madvise(area, length, advice[count++ % 3]);
}

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	void *area = mmap(address, length, protection, flags, fd, offset);

	if (area != MAP_FAILED) {
		set_apart(area, length);
	}
	return area;
}

static int protect(void *address, size_t length, int protection)
{
	int answer = mprotect(address, length, protection);

	set_apart(address, length);
	return answer;
}

WORLD("A machine where areas never merge",
      .breaks = "a_changed_middle_makes_three a_changed_end_makes_two a_hole_makes_two_areas"
		" a_change_of_a_part_splits_an_area.a_change_of_the_whole_splits_nothing "
		"each_area_has_rights_of_its_own.equal_rights_make_one_area"
		" the_number_of_areas_is_limited.alike_they_are_one_area",
      .spares = "a_part_can_be_changed_and_changed_back a_hole_leaves_both_sides vma-01 vma-02",
      .mmap = map, .mprotect = protect);
