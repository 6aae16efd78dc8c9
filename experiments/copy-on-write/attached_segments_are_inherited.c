/* SPDX-License-Identifier: MIT */
/*
 * Attached segments are inherited
 * ===============================
 *
 * Document 002 has fork mark every page copy-on-write. A System V segment that is attached is shared
 * memory, older than mmap: the child has it attached as well, at the same address, and it stays one
 * memory for both. The kernel counts who has it attached, and the count tells of the fork.
 *
 *      parent   shmat --- attached: 1 --- fork --- 2 --- child ends --- 1
 *      child                               \-- attached, too
 *
 * What one of them detaches the other one keeps.
 *
 * Look with: shmctl(2) IPC_STAT, ipcs(1).
 * Read on:   shmat(2) "fork(2)", shmctl(2) shm_nattch; document 002 "fork revisited".
 */
#include <sys/ipc.h>
#include <sys/shm.h>

#include <touchstone/experiment.h>

EXPERIMENT("Attached segments are inherited");

enum { PAGES = 3, AT_FORK = 1, PARENTS = 2, CHILDS = 3 };

/* A segment that is marked to go with whoever has it attached last, but can still be asked. */
static char *attach(int *id)
{
	char *segment;

	*id = shmget(IPC_PRIVATE, PAGES * page_size(), IPC_CREAT | 0600);
	arrange(*id >= 0);
	segment = shmat(*id, NULL, 0);
	arrange(shmctl(*id, IPC_RMID, NULL) == 0 && segment != (char *)-1);
	write_pattern(segment, PAGES * page_size(), AT_FORK);
	return segment;
}

static size_t count_attached(int id)
{
	struct shmid_ds state;

	arrange(shmctl(id, IPC_STAT, &state) == 0);
	return state.shm_nattch;
}

CLAIM(it_is_one_memory, "fork-39",
      "The child has its parent's segment at the same address, and each reads what the other wrote",
      .needs = SYSV_MEMORY)
{
	int id;
	char *segment = attach(&id);
	struct child other;

	START_CHILD(other) {
		assert_pattern(segment, PAGES * page_size(), AT_FORK,
			       "what the child reads at first");
		write_pattern(segment, PAGES * page_size(), CHILDS);
		hand_over();
		assert_pattern(segment, PAGES * page_size(), PARENTS, "what the child reads");
	}
	assert_pattern(segment, PAGES * page_size(), CHILDS, "what the parent reads");
	write_pattern(segment, PAGES * page_size(), PARENTS);
	end_child(&other);
	assert_pattern(segment, PAGES * page_size(), PARENTS, "what the parent reads at last");
}

CLAIM(each_attachment_is_counted, "fork-39",
      "Each child makes one more that has it attached, until it detaches it or ends",
      .needs = SYSV_MEMORY)
{
	int id;
	char *segment = attach(&id);
	struct child first, second;

	assert_equals(count_attached(id), 1, "attachments before the fork");
	START_CHILD(first) {
		hand_over();
		arrange(shmdt(segment) == 0);
		hand_over();
	}
	assert_equals(count_attached(id), 2, "attachments with a child");
	START_CHILD(second) {
		hand_over();
	}
	assert_equals(count_attached(id), 3, "attachments with two");
	give_turn(&first);
	assert_equals(count_attached(id), 2, "attachments when one has detached it");
	end_child(&second);
	assert_equals(count_attached(id), 1, "attachments when the other one has ended");
	assert_pattern(segment, PAGES * page_size(), AT_FORK, "what the parent still reads");
}

CONTROL(private_memory_is_copied, "fork-39",
	"Of private memory with the same filling the child has a copy, and its writes stay its own")
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, AT_FORK);

	IN_CHILD {
		assert_pattern(area, PAGES * page_size(), AT_FORK, "what the child reads at first");
		write_pattern(area, PAGES * page_size(), CHILDS);
	}
	assert_pattern(area, PAGES * page_size(), AT_FORK, "what the parent reads");
}
