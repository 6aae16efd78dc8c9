/* SPDX-License-Identifier: MIT */
/*
 * A segment that is removed lives until its last detach
 * =====================================================
 *
 * IPC_RMID does to a segment what unlink(2) does to a file: it takes the way to it, not the memory.
 * Who is attached goes on; when the last one leaves, the segment is destroyed. So the careful program
 * removes it right after it has attached it, and no crash leaves it behind. What the man page
 * allows, and Linux does: a segment that is marked can still be attached by whoever has the id.
 *
 *      shmget, shmat      IPC_RMID               shmdt
 *      key -> [ seg ]     key    [ seg ] dest         gone: EINVAL for its id
 *               |                  |
 *             process            process
 *
 * Look with: shmctl(2) IPC_STAT, whose mode has SHM_DEST; errno; the bytes from two processes.
 * Read on:   shmctl(2), shmop(2); document 004 section 15.1.
 */
#include <errno.h>
#include <sys/ipc.h>
#include <sys/shm.h>

#include <touchstone/experiment.h>
#include <touchstone/sysv.h>

#ifndef SHM_DEST
#define SHM_DEST 01000 /* in the mode: it will be destroyed on the last detach */
#endif

EXPERIMENT("A segment that is removed lives until its last detach");

enum { PAGES = 3 };

static size_t length(void)
{
	return PAGES * page_size();
}

/* EINVAL, or EIDRM as the man page has it. */
static void assert_destroyed(int id)
{
	struct shmid_ds state;

	assert_refused_either(shmat(id, NULL, 0), EINVAL, EIDRM);
	assert_refused_either(shmctl(id, IPC_STAT, &state), EINVAL, EIDRM);
}

CLAIM(who_is_attached_goes_on, "sysv-10",
      "After IPC_RMID two processes that are attached have one memory as before, until they leave",
      .needs = SYSV_MEMORY)
{
	int id = new_segment(length());
	char *area = attached(id, NULL, 0);
	struct child other;

	write_pattern(area, length(), 1);
	START_CHILD(other) {
		char *own = attached(id, NULL, 0);

		hand_over();
		assert_pattern(own, length(), 1, "the segment after its removal");
		write_pattern(own, length(), 2);
	}
	assert_accepted(shmctl(id, IPC_RMID, NULL));
	assert_equals(segment_state(id).shm_perm.mode & SHM_DEST, SHM_DEST, "the mark in its mode");
	end_child(&other);
	assert_pattern(area, length(), 2, "what the other one wrote");
	assert_equals(segment_state(id).shm_perm.mode & SHM_DEST, SHM_DEST,
		      "the mark in its mode, one attached");
	assert_accepted(shmdt(area));
	assert_destroyed(id);
}

CLAIM(a_marked_segment_can_be_attached, "sysv-10",
      "By its id a marked segment is attached again, here and in a child, and lives the longer",
      .needs = SYSV_MEMORY)
{
	int id = new_segment(length());
	char *first = attached(id, NULL, 0);

	write_pattern(first, length(), 1);
	assert_accepted(shmctl(id, IPC_RMID, NULL));

	char *second = attached(id, NULL, 0);

	assert_accepted(shmdt(first));
	assert_pattern(second, length(), 1, "the segment, attached after its removal");
	IN_CHILD {
		assert_pattern(attached(id, NULL, 0), length(), 1,
			       "the segment, attached by a child");
	}
	assert_accepted(shmdt(second));
	assert_destroyed(id);
}

CLAIM(the_last_exit_is_a_detach, "sysv-10 sysv-09",
      "A process that ends without a word leaves its segments, and a marked one ends with it",
      .needs = SYSV_MEMORY)
{
	int id;
	struct child maker;
	key_t key = guard_segment_key();

	START_CHILD(maker) {
		int own = (int)assert_accepted(shmget(key, length(), IPC_CREAT | 0600));

		write_pattern(attached(own, NULL, 0), length(), 1);
		assert_accepted(shmctl(own, IPC_RMID, NULL));
		tell_parent(&own, sizeof own);
		hand_over();
	}
	hear_from(&maker, &id, sizeof id);
	assert_equals(segment_state(id).shm_perm.mode & SHM_DEST, SHM_DEST, "the mark in its mode");
	end_child(&maker);
	assert_destroyed(id);
}

CONTROL(an_unmarked_segment_outlives_its_last_detach, "sysv-09 sysv-10",
	"Without IPC_RMID the segment is there with all its bytes when nobody is attached",
	.needs = SYSV_MEMORY)
{
	int id = new_segment(length());

	IN_CHILD {
		write_pattern(attached(id, NULL, 0), length(), 1);
	}
	assert_equals(segment_state(id).shm_perm.mode & SHM_DEST, 0, "the mark in its mode");

	char *area = attached(id, NULL, 0);

	assert_pattern(area, length(), 1, "the segment");
}
