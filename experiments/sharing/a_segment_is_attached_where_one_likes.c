/* SPDX-License-Identifier: MIT */
/*
 * A segment is attached where one likes, or where there is room
 * =============================================================
 *
 * shmat(2) is mmap's older cousin, and its rules about addresses are its own. Without an address the
 * kernel finds a place, a new one each time. With an address it is taken at its word: that place, or
 * EINVAL, never another one. An address within a page is EINVAL, too, unless SHM_RND has it
 * rounded down to a multiple of SHMLBA.
 *
 *      shmat(id, NULL, 0)                  any free place
 *      shmat(id, page, 0)                  there; EINVAL where something is mapped
 *      shmat(id, page + 1, 0)              EINVAL
 *      shmat(id, page + 1, SHM_RND)        at page (at a multiple of SHMLBA, that is)
 *
 * Look with: the addresses, the bytes through each attachment, errno.
 * Read on:   shmop(2); document 004 section 15.1.
 */
#include <errno.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/shm.h>

#include <touchstone/experiment.h>
#include <touchstone/sysv.h>

EXPERIMENT("A segment is attached where one likes, or where there is room");

enum { PAGES = 3 };

static size_t length(void)
{
	return PAGES * page_size();
}

/* Such a place where nothing is mapped now. */
static char *free_place(void)
{
	char *place = segment_place(PAGES);

	arrange(munmap(place, length()) == 0);
	return place;
}

CLAIM(the_kernel_finds_a_new_place_each_time, "sysv-02",
      "Without an address each shmat yields another place, all whole pages, all the same memory",
      .needs = SYSV_MEMORY)
{
	int id = new_segment(length());
	char *one = attached(id, NULL, 0), *two = attached(id, NULL, 0);

	arrange(shmctl(id, IPC_RMID, NULL) == 0);
	assert_equals((uintptr_t)one % page_size(), 0, "bytes of the first address into its page");
	assert_equals((uintptr_t)two % page_size(), 0, "bytes of the second");
	assert_at_least(one < two ? two - one : one - two, length(), "bytes between the two");
	write_pattern(one, length(), 1);
	assert_pattern(two, length(), 1, "the segment at the second place");
	write_pattern(two, length(), 2);
	assert_pattern(one, length(), 2, "the segment at the first place");
}

CLAIM(an_address_is_taken_at_its_word, "sysv-03",
      "With the address of a free page the segment is attached exactly there, and nowhere else",
      .needs = SYSV_MEMORY)
{
	int id = new_segment(length());
	char *place = free_place();

	assert_address(attached(id, place, 0), place, "where it is attached");
	assert_trap(try_store(page(place, PAGES), 'x'), SIGSEGV, SEGV_ACCERR, page(place, PAGES));
	write_pattern(place, length(), 1);
	assert_pattern(attached(id, NULL, 0), length(), 1, "the segment at another place");
}

CLAIM(an_address_within_a_page_is_invalid, "sysv-03",
      "An address that is no page's first byte is EINVAL; SHM_RND rounds it down",
      .needs = SYSV_MEMORY)
{
	int id = new_segment(length());
	char *place = free_place();

	for (size_t i = 0; i < 2; i++) {
		char *within = place + (i ? page_size() - 1 : 1);

		assert_refused(shmat(id, within, 0), EINVAL);
		assert_refused(shmat(id, within, SHM_RDONLY), EINVAL);
		assert_address(attached(id, within, SHM_RND), place, "where SHM_RND attaches it");
		assert_accepted(shmdt(place));
	}
}

CONTROL(a_place_that_is_taken_is_not_given, "sysv-02 sysv-03",
	"Where a segment is attached already the same address is refused, until it is detached",
	.needs = SYSV_MEMORY)
{
	int id = new_segment(length());
	char *place = free_place();

	for (int i = 0; i < 2; i++) {
		assert_address(attached(id, place, 0), place, "where it is attached");
		assert_refused(shmat(id, place, 0), EINVAL);
		assert_refused(shmat(id, place + 1, SHM_RND), EINVAL);
		assert_accepted(shmdt(place));
	}
}
