/* SPDX-License-Identifier: MIT */
/*
 * A segment counts its attachments
 * ================================
 *
 * A segment has to know when its last user has gone, so it counts. Each shmat counts one, several in one
 * process as well; a fork doubles what the parent has, for the child inherits every attachment at its
 * address; shmdt and exit take away. A detach names the address where shmat put the
 * segment and no other: one within it is EINVAL.
 *
 *                         shmat    fork      child's exit    shmdt
 *      shm_nattch   0       1       2             1            0
 *
 * Look with: shm_nattch of shmctl(2) IPC_STAT, in the parent, which is always the one who looks.
 * Read on:   shmop(2), shmctl(2), fork(2); document 004 section 15.1.
 */
#include <errno.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/shm.h>

#include <touchstone/experiment.h>
#include <touchstone/sysv.h>

EXPERIMENT("A segment counts its attachments");

enum { PAGES = 3 };

static size_t length(void)
{
	return PAGES * page_size();
}

CLAIM(each_attach_and_detach_counts, "sysv-08",
      "shm_nattch is one more after each shmat, and one less after each shmdt",
      .needs = SYSV_MEMORY)
{
	int id = new_segment(length());

	assert_equals(segment_state(id).shm_nattch, 0, "attachments of a new segment");

	char *one = attached(id, NULL, 0);

	assert_equals(segment_state(id).shm_nattch, 1, "attachments after one shmat");

	char *two = attached(id, NULL, 0);

	assert_equals(segment_state(id).shm_nattch, 2, "attachments after two");
	assert_accepted(shmdt(one));
	assert_equals(segment_state(id).shm_nattch, 1, "attachments after one shmdt");
	assert_accepted(munmap(two, length()));
	assert_equals(segment_state(id).shm_nattch, 0, "attachments after munmap of the other");
}

CLAIM(a_child_inherits_them_and_gives_them_back, "sysv-09",
      "fork doubles the count, each detach and the exit of the child bring it back",
      .needs = SYSV_MEMORY)
{
	int id = new_segment(length());
	char *one = attached(id, NULL, 0), *two = attached(id, NULL, 0);
	struct child other;

	write_pattern(one, length(), 1);
	START_CHILD(other) {
		hand_over();
		assert_pattern(one, length(), 2, "what the child reads at its parent's address");
		assert_accepted(shmdt(two));
		hand_over();
	}
	assert_equals(segment_state(id).shm_nattch, 4, "attachments after fork");
	write_pattern(two, length(), 2);
	give_turn(&other);
	assert_equals(segment_state(id).shm_nattch, 3, "attachments after the child's shmdt");
	end_child(&other);
	assert_equals(segment_state(id).shm_nattch, 2, "attachments after the child's end");
	assert_pattern(two, length(), 2, "the segment where only the child has detached it");
}

CLAIM(only_where_it_was_attached_it_is_detached, "sysv-12",
      "shmdt of an address within, behind, or of something else is EINVAL, and so is a second one",
      .needs = SYSV_MEMORY)
{
	int id = new_segment(length());
	char *area = attached(id, NULL, 0), *no_segment = fresh_pages(1, MAP_SHARED);

	assert_refused(shmdt(page(area, 1)), EINVAL);
	assert_refused(shmdt(area + 1), EINVAL);
	assert_refused(shmdt(page(area, PAGES - 1)), EINVAL);
	assert_refused(shmdt(no_segment), EINVAL);
	assert_refused(shmdt(NULL), EINVAL);
	store(no_segment, 'x');
	write_pattern(area, length(), 1);
	assert_equals(segment_state(id).shm_nattch, 1, "attachments after that");
	assert_accepted(shmdt(area));
	assert_refused(shmdt(area), EINVAL);
	assert_equals(segment_state(id).shm_nattch, 0, "attachments after the right one");
	assert_trap(try_load(area), SIGSEGV, SEGV_MAPERR, area);
	assert_trap(try_load(page(area, PAGES) - 1), SIGSEGV, SEGV_MAPERR, page(area, PAGES) - 1);
}

CONTROL(one_segment_counts_for_itself, "sysv-08 sysv-09 sysv-12",
	"What is attached of another segment, here or in a child, does not count",
	.needs = SYSV_MEMORY)
{
	int id = new_segment(length()), other = new_segment(length());
	char *area = attached(id, NULL, 0);

	attached(other, NULL, 0);
	IN_CHILD {
		attached(other, NULL, 0);
		assert_accepted(shmdt(area));
		assert_equals(segment_state(id).shm_nattch, 1, "attachments of the one");
		assert_equals(segment_state(other).shm_nattch, 3, "attachments of the other");
	}
	assert_accepted(shmdt(area));
	assert_equals(segment_state(id).shm_nattch, 0, "attachments of the one");
	assert_equals(segment_state(other).shm_nattch, 1, "attachments of the other");
}
