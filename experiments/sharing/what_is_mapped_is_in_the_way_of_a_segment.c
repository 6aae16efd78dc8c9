/* SPDX-License-Identifier: MIT */
/*
 * What is mapped is in the way of a segment, or gives way to it
 * =============================================================
 *
 * mmap with MAP_FIXED throws out what it finds, and many a program has lost memory by that. shmat(2) is
 * polite: where anything is mapped, were it one page, it is EINVAL and nothing has happened. Who
 * wants it otherwise says SHM_REMAP. Then the segment takes the place of what is there, and of
 * nothing beside it. SHM_REMAP without an address would mean "throw out whatever is somewhere", and
 * is EINVAL.
 *
 *      before        | a | a | b | b |          shmat(id, at the second a, 0)            EINVAL
 *      SHM_REMAP     | a | s | s | b |          the segment, two pages long
 *
 * Look with: errno, and every byte of what was mapped, in the way and beside it.
 * Read on:   shmop(2), mmap(2) MAP_FIXED; document 004 section 15.1.
 */
#include <errno.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/shm.h>

#include <touchstone/experiment.h>
#include <touchstone/sysv.h>

EXPERIMENT("What is mapped is in the way of a segment, or gives way to it");

enum { PAGES = 3 };

static size_t length(void)
{
	return PAGES * page_size();
}

CLAIM(what_is_mapped_is_in_the_way, "sysv-04",
      "Where anything is mapped, were it in the last page only, shmat is EINVAL and changes "
      "nothing",
      .needs = SYSV_MEMORY)
{
	int id = new_segment(length());
	char *place = segment_place(PAGES), *last = page(place, PAGES - 1);

	arrange(munmap(place, length()) == 0);
	arrange(mmap(last, page_size(), PROT_READ | PROT_WRITE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == last);
	write_pattern(last, page_size(), 1);
	assert_refused(shmat(id, place, 0), EINVAL);
	assert_refused(shmat(id, last, 0), EINVAL);
	assert_refused(shmat(id, place + 1, SHM_RND), EINVAL);
	assert_pattern(last, page_size(), 1, "what was in the way");
}

CLAIM(shm_remap_takes_its_place, "sysv-04",
      "SHM_REMAP attaches it in the place of what was mapped; without an address it is EINVAL",
      .needs = SYSV_MEMORY)
{
	int id = new_segment(length());
	char *place = segment_place(PAGES);

	arrange(mprotect(place, length() + page_size(), PROT_READ | PROT_WRITE) == 0);
	write_pattern(place, length() + page_size(), 1);
	assert_refused(shmat(id, NULL, SHM_REMAP), EINVAL);
	assert_pattern(place, length() + page_size(), 1, "what is mapped before");
	assert_address(attached(id, place, SHM_REMAP), place, "where it is attached");
	assert_all_bytes(place, length(), 0, "the segment");
	arrange(mprotect(place, length(), PROT_NONE) == 0);

	char *behind = page(place, PAGES);
	static char original[64 * 1024];

	arrange(page_size() <= sizeof original);
	pattern_bytes(original, page_size(), 1, length());
	assert_same_bytes(behind, original, page_size(), "the page behind it");
}

CONTROL(a_place_that_is_left_is_free, "sysv-04",
	"The very place that was in the way takes the segment as soon as it is unmapped",
	.needs = SYSV_MEMORY)
{
	int id = new_segment(length());
	char *place = segment_place(PAGES);

	assert_refused(shmat(id, place, 0), EINVAL);
	arrange(munmap(place, length()) == 0);
	assert_address(attached(id, place, 0), place, "where it is attached");
	assert_refused(shmat(id, place, 0), EINVAL);
	arrange(shmdt(place) == 0);
	assert_address(attached(id, place, 0), place, "where it is attached then");
}
