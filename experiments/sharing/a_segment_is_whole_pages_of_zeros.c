/* SPDX-License-Identifier: MIT */
/*
 * A segment is whole pages of zeros
 * =================================
 *
 * shmget(2) is told how many bytes a segment shall have, and remembers the number. What is attached is
 * as many whole pages as hold them, and all of it can be used: nothing stops a store behind the last
 * byte that was asked for, before the page ends. It is zero at first, every byte, and frames are
 * attached at the first touch, as everywhere.
 *
 *      shmget(key, one page + 1)
 *
 *      | 0 0 0 0 0 0 0 0 | 0 . . . . . . . |########      shm_segsz: one page + 1
 *      first page         one byte asked for, a page given
 *
 * A segment of no bytes is EINVAL, and so is asking for more than a segment has that is there.
 *
 * Look with: every byte, IPC_STAT of shmctl(2), loads and stores around the end.
 * Read on:   shmget(2), shmop(2); document 004 section 15.1.
 */
#include <errno.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/shm.h>

#include <touchstone/experiment.h>
#include <touchstone/sysv.h>

EXPERIMENT("A segment is whole pages of zeros");

enum { PAGES = 3 };

static int made(key_t key, size_t length)
{
	return (int)assert_accepted(shmget(key, length, IPC_CREAT | IPC_EXCL | 0600));
}

/* Attached in the midst of reserved pages, so that what follows it is known to be inaccessible. */
static char *attached_by_itself(int id)
{
	char *place = segment_place(PAGES);
	char *area = shmat(id, place, SHM_REMAP);

	if (area != place) {
		undecided("needs a segment attached in the place of reserved pages: SHM_REMAP");
	}
	arrange(shmctl(id, IPC_RMID, NULL) == 0);
	return area;
}

CLAIM(a_new_segment_is_zero, "sysv-01",
      "Every byte of a new segment is zero, and so is that of the next one, after the first is "
      "full",
      .needs = SYSV_MEMORY)
{
	for (unsigned i = 0; i < 2; i++) {
		char *area = attached_by_itself(made(guard_segment_key(), PAGES * page_size()));

		IN_CHILD {
			assert_all_bytes(area, PAGES * page_size(), 0,
					 "the new segment, in a child");
		}
		assert_all_bytes(area, PAGES * page_size(), 0, "the new segment");
		write_pattern(area, PAGES * page_size(), 1);
		arrange(shmdt(area) == 0);
	}
}

CLAIM(it_ends_with_a_whole_page, "sysv-01",
      "A segment of some pages and one byte has a page more, all of which can be used, and no more",
      .needs = SYSV_MEMORY)
{
	size_t asked[] = {1, page_size() - 1, page_size(), page_size() + 1, 2 * page_size() + 1};
	size_t given[] = {1, 1, 1, 2, 3};

	for (size_t i = 0; i < 5; i++) {
		int id = made(guard_segment_key(), asked[i]);

		assert_equals(segment_state(id).shm_segsz, asked[i],
			      "bytes the segment is said to have");

		char *area = attached_by_itself(id), *end = page(area, given[i]);

		assert_all_bytes(area, given[i] * page_size(), 0, "all its pages");
		write_pattern(area, given[i] * page_size(), 1);
		assert_pattern(area, given[i] * page_size(), 1, "all its pages");
		assert_trap(try_store(end, 'x'), SIGSEGV, SEGV_ACCERR, end);
		arrange(shmdt(area) == 0);
	}
}

CLAIM(some_sizes_are_invalid, "sysv-15",
      "A new segment of 0 bytes is EINVAL; so is asking for a byte more than one has that is there",
      .needs = SYSV_MEMORY)
{
	key_t key = guard_segment_key(), other = guard_segment_key();
	int id = made(key, page_size() + 1);

	assert_refused(shmget(other, 0, IPC_CREAT | 0600), EINVAL);
	assert_refused(shmget(other, 0, 0600), ENOENT);
	if (sizeof(size_t) == 8) { /* else a 64-bit kernel may have so much */
		assert_refused_either(shmget(other, SIZE_MAX, IPC_CREAT | 0600), EINVAL, ENOSPC);
	}
	assert_refused(shmget(key, page_size() + 2, 0600), EINVAL);
	assert_refused(shmget(key, 2 * page_size(), IPC_CREAT | 0600), EINVAL);
	assert_equals(shmget(key, page_size() + 1, 0600), id, "the segment, asked for in full");
	assert_equals(shmget(key, 1, 0600), id, "the segment, asked for in part");
	assert_equals(shmget(key, 0, 0600), id, "the segment, asked for without a size");
	assert_equals(segment_state(id).shm_segsz, page_size() + 1,
		      "bytes it is said to have after all that");
}

CONTROL(a_segment_attached_again_is_not_zero, "sysv-01 sysv-15",
	"Attached once more it holds what was stored, to the end of its last page",
	.needs = SYSV_MEMORY)
{
	int id = made(guard_segment_key(), page_size() + 1);
	char *first = shmat(id, NULL, 0);

	arrange(first != (char *)-1);
	write_pattern(first, 2 * page_size(), 1);
	arrange(shmdt(first) == 0);
	assert_pattern(attached_by_itself(id), 2 * page_size(), 1, "the segment");
}
