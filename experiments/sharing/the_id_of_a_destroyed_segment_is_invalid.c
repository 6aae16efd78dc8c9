/* SPDX-License-Identifier: MIT */
/*
 * The id of a destroyed segment is invalid, for good
 * ==================================================
 *
 * shmget(2) hands out numbers, and somebody may keep one longer than its segment lasts. The man page
 * has EIDRM for the id of a segment that was removed. On Linux that is the answer only while the
 * destruction is under way; afterwards the id is as invalid as any other, EINVAL. What matters more
 * is that it stays so: the kernel uses the place in its table again, but gives it another number, so that
 * a stale id does not lead to a stranger's memory.
 *
 *      id 7     [ segment ]     IPC_RMID, last detach     id 7: EINVAL
 *                                                         id 32775     [ next one in that place ]
 *
 * Look with: errno of shmat, IPC_STAT and IPC_RMID, for the id that was and for ids that never were.
 * Read on:   shmop(2), shmctl(2), sysvipc(7).
 */
#include <errno.h>
#include <limits.h>
#include <sys/ipc.h>
#include <sys/shm.h>

#include <touchstone/experiment.h>
#include <touchstone/sysv.h>

EXPERIMENT("The id of a destroyed segment is invalid, for good");

/* EINVAL, or EIDRM as the man page has it. */
static void assert_invalid(int id)
{
	struct shmid_ds state;

	assert_refused_either(shmat(id, NULL, 0), EINVAL, EIDRM);
	assert_refused_either(shmat(id, NULL, SHM_RDONLY), EINVAL, EIDRM);
	assert_refused_either(shmctl(id, IPC_STAT, &state), EINVAL, EIDRM);
	assert_refused_either(shmctl(id, IPC_RMID, NULL), EINVAL, EIDRM);
}

CLAIM(without_an_attachment_it_is_destroyed_at_once, "sysv-11 sysv-10",
      "When IPC_RMID finds nobody attached the id is invalid from then on, in every process",
      .needs = SYSV_MEMORY)
{
	int id = new_segment(page_size());

	assert_accepted(shmctl(id, IPC_RMID, NULL));
	for (int i = 0; i < 2; i++) {
		assert_invalid(id);
		IN_CHILD {
			assert_invalid(id);
		}
	}
}

CLAIM(the_next_segment_has_another_id, "sysv-11",
      "A segment made later, be it in the same place of the table, does not revive the former id",
      .needs = SYSV_MEMORY)
{
	int former = new_segment(page_size());

	arrange(shmctl(former, IPC_RMID, NULL) == 0);
	for (int i = 0; i < 3; i++) {
		int later = new_segment(page_size());
		char *area = (char *)assert_accepted(shmat(later, NULL, 0));

		assert_differs(later, former, "id of the next segment");
		store(area, 'x');
		assert_invalid(former);
		assert_byte(area, 'x', "the next segment");
		assert_accepted(shmctl(later, IPC_RMID, NULL));
		assert_accepted(shmdt(area));
		assert_invalid(later);
	}
}

CLAIM(a_number_that_is_no_id_is_invalid, "sysv-11",
      "A negative number, which is never handed out, is invalid from the start",
      .needs = SYSV_MEMORY)
{
	assert_invalid(-1);
	assert_invalid(INT_MIN);
}

CONTROL(the_id_of_a_segment_in_use_is_valid, "sysv-10 sysv-11",
	"Removed while it is attached, a segment keeps its id, which is accepted by the same calls",
	.needs = SYSV_MEMORY)
{
	int id = new_segment(page_size());
	struct shmid_ds state;
	char *area = (char *)assert_accepted(shmat(id, NULL, 0));

	assert_accepted(shmctl(id, IPC_RMID, NULL));
	assert_accepted(shmctl(id, IPC_STAT, &state));
	assert_accepted(shmdt((char *)assert_accepted(shmat(id, NULL, SHM_RDONLY))));
	assert_accepted(shmctl(id, IPC_RMID, NULL)); /* it is marked already */
	assert_no_trap(try_store(area, 'x'));
}
