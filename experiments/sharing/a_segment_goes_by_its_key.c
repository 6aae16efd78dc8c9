/* SPDX-License-Identifier: MIT */
/*
 * A segment goes by its key
 * =========================
 *
 * A segment has no path; it has a number, the key, which processes agree on beforehand. shmget(2)
 * turns the key into an id, by rules that open(2) has for names: IPC_CREAT makes what is not there,
 * IPC_EXCL refuses what is. A key is no more than that. When the segment is marked for removal the
 * key is free at once, though the segment lives on. And IPC_PRIVATE is no key: each call with it
 * makes a segment that no key leads to.
 *
 *      key 4711 ----> id 7 ----> [ segment ]           IPC_PRIVATE ----> id 8 ----> [ segment ]
 *      key 4711 ----> id 7                             IPC_PRIVATE ----> id 9 ----> [ another ]
 *
 * Look with: the ids, errno, and the bytes from two processes that share nothing but the key.
 * Read on:   shmget(2), shmctl(2), sysvipc(7); document 004 section 15.1.
 */
#include <errno.h>
#include <sched.h>
#include <sys/ipc.h>
#include <sys/shm.h>

#include <touchstone/experiment.h>
#include <touchstone/sysv.h>

EXPERIMENT("A segment goes by its key");

enum { PAGES = 3 };

static size_t length(void)
{
	return PAGES * page_size();
}

static int made(key_t key)
{
	return (int)assert_accepted(shmget(key, length(), IPC_CREAT | IPC_EXCL | 0600));
}

CLAIM(a_key_is_all_that_two_processes_need, "sysv-06",
      "Whoever asks for the key gets the same id, and by it the same memory, in both directions",
      .needs = SYSV_MEMORY)
{
	key_t key = guard_segment_key();
	struct child other;

	START_CHILD(other) {
		hand_over(); /* so that it inherits nothing of the segment */

		int id = (int)assert_accepted(shmget(key, length(), 0600));
		char *area = attached(id, NULL, 0);

		tell_parent(&id, sizeof id);
		assert_pattern(area, length(), 1, "what the parent wrote");
		write_pattern(area, length(), 2);
		hand_over();
		assert_pattern(area, length(), 3, "what the parent wrote then");
	}

	int id = made(key), childs;
	char *area = attached(id, NULL, 0);

	write_pattern(area, length(), 1);
	give_turn(&other);
	hear_from(&other, &childs, sizeof childs);
	assert_equals(childs, id, "the id that the child got");
	assert_pattern(area, length(), 2, "what the child wrote");
	write_pattern(area, length(), 3);
	end_child(&other);
}

CLAIM(exclusive_means_a_new_one, "sysv-06",
      "A key that is taken is EEXIST to IPC_CREAT with IPC_EXCL, and opens to IPC_CREAT alone",
      .needs = SYSV_MEMORY)
{
	key_t key = guard_segment_key();

	assert_refused(shmget(key, length(), 0600), ENOENT);
	assert_refused(shmget(key, length(), IPC_EXCL | 0600), ENOENT);

	int id = made(key);

	for (int i = 0; i < 2; i++) {
		assert_refused(shmget(key, length(), IPC_CREAT | IPC_EXCL | 0600), EEXIST);
		assert_equals(shmget(key, length(), IPC_CREAT | 0600), id, "id by IPC_CREAT alone");
		assert_equals(shmget(key, length(), 0600), id, "id without a flag");
	}
}

CLAIM(a_key_is_free_when_its_segment_is_removed, "sysv-06 sysv-10",
      "After IPC_RMID the key is ENOENT, and makes another segment, beside the first in use",
      .needs = SYSV_MEMORY)
{
	key_t key = guard_segment_key();
	int former = made(key);
	char *area = attached(former, NULL, 0);

	write_pattern(area, length(), 1);
	assert_accepted(shmctl(former, IPC_RMID, NULL));
	assert_refused(shmget(key, length(), 0600), ENOENT);

	int later = made(key);

	assert_differs(later, former, "id of the new segment");
	assert_all_bytes(attached(later, NULL, 0), length(), 0, "the new segment");
	assert_pattern(area, length(), 1, "the former one");
}

CLAIM(ipc_private_is_no_key, "sysv-07",
      "Two calls with IPC_PRIVATE make two segments, even without IPC_CREAT", .needs = SYSV_MEMORY)
{
	IN_CHILD {
		/* No key finds what is made here; so it is made where it ends with the child. */
		if (unshare(CLONE_NEWIPC) != 0 && unshare(CLONE_NEWUSER | CLONE_NEWIPC) != 0) {
			undecided("needs an IPC namespace for this claim alone: run as root, or "
				  "permit user namespaces");
		}

		int one = (int)assert_accepted(shmget(IPC_PRIVATE, length(), 0600));
		int two = (int)assert_accepted(shmget(IPC_PRIVATE, length(), IPC_CREAT | 0600));

		assert_differs(two, one, "id of the second segment");
		write_pattern(attached(one, NULL, 0), length(), 1);
		assert_all_bytes(attached(two, NULL, 0), length(), 0, "the second segment");
		arrange(shmctl(one, IPC_RMID, NULL) == 0 && shmctl(two, IPC_RMID, NULL) == 0);
	}
}

CONTROL(another_key_is_another_segment, "sysv-06 sysv-07 sysv-10",
	"Two keys lead to two segments, and each to the same one again", .needs = SYSV_MEMORY)
{
	key_t first = guard_segment_key(), second = guard_segment_key();
	int one = made(first), two = made(second);

	assert_differs(two, one, "id of the second segment");
	write_pattern(attached(one, NULL, 0), length(), 1);
	assert_all_bytes(attached(two, NULL, 0), length(), 0, "the second segment");
	assert_equals(shmget(first, 0, 0), one, "id of the first, once more");
	assert_equals(shmget(second, 0, 0), two, "id of the second, once more");
}
