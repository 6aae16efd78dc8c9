/* SPDX-License-Identifier: MIT */
/*
 * Locks and attachments end with the program that made them
 * =========================================================
 *
 * mlock(2) locks pages, and mlockall(MCL_FUTURE) orders that whatever is mapped later be locked as well.
 * Both belong to an address space, not to a process: execve makes a new one, and there nothing is
 * locked and nothing ordered. A daemon that must not be swapped has to ask again after execve.
 *
 *      old memory                 new memory
 *      [page, locked]             [page]
 *      "lock what comes"          -
 *      segment attached: 2        segment attached: 1
 *
 * A shared memory segment knows how many attachments it has. An execve is a detachment, as the end of a
 * process is; when the last one has gone, a segment that was marked for it is destroyed.
 *
 * Look with: smaps of the new program ("Locked:"); shmctl(IPC_STAT), the field shm_nattch.
 * Read on:   mlockall(2), mlock(2), shmop(2), execve(2) "Effect on process attributes".
 */
#include <stdio.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Locks and attachments end with the program that made them");

SPECIMEN(does_as_told);

enum { PAGES = 4 };

static struct specimen_run run;

CLAIM(locks_are_not_kept, "exec-31",
      "Neither locks nor the order to lock all that will be mapped are kept in the new program",
      .needs = SPECIMENS | LOCKABLE_MEMORY | AREA_USAGE)
{
	int file = specimen_file(&does_as_told);
	char *const words[] = {"does_as_told", "break", "wait", NULL};

	START_PROGRAM(run) {
		char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

		arrange(mlock(area, PAGES * page_size()) == 0);
		if (mlockall(MCL_FUTURE) != 0) {
			undecided("needs leave to lock memory to come: raise ulimit -l");
		}
		assert_accepted(execve(specimen_path(file), words, NO_WORDS));
	}
	assert_equals(specimen_said(&run, "above_moved"), 1, "whether its heap has grown");

	struct usage all = observe_usage_of(run.pid, "the new program", NULL, SIZE_MAX);

	assert_equals(all.locked, 0, "bytes locked in the new program");
	end_program(&run);
}

CLAIM(segments_are_detached, "exec-32",
      "An attached segment is attached to one process less after its execve",
      .needs = SPECIMENS | SYSV_MEMORY)
{
	int file = specimen_file(&does_as_told);
	int id = shmget(IPC_PRIVATE, page_size(), IPC_CREAT | 0600);
	char *attached = shmat(id, NULL, 0);
	struct shmid_ds state;

	arrange(shmctl(id, IPC_RMID, NULL) == 0 && attached != (char *)-1);
	START_PROGRAM(run) {
		arrange(shmctl(id, IPC_STAT, &state) == 0);
		assert_equals(state.shm_nattch, 2, "processes attached before execve");
		assert_accepted(
			execve(specimen_path(file), WORDS("does_as_told", "wait"), NO_WORDS));
	}
	arrange(shmctl(id, IPC_STAT, &state) == 0);
	assert_equals(state.shm_nattch, 1, "processes attached after it");
	end_program(&run);
}

CONTROL(a_program_can_lock_for_itself, "exec-31",
	"The same program has memory locked, and its new heap too, when it asks for that itself",
	.needs = SPECIMENS | LOCKABLE_MEMORY | AREA_USAGE)
{
	int file = specimen_file(&does_as_told);
	char order[20];

	snprintf(order, sizeof order, "lock=%d", MCL_FUTURE);
	START_PROGRAM(run) {
		execve(specimen_path(file), WORDS("does_as_told", order, "break", "wait"),
		       NO_WORDS);
	}
	if (!specimen_said(&run, "above_moved")) {
		undecided("needs leave to lock a page of heap: raise ulimit -l");
	}
	assert_equals(observe_usage_of(run.pid, "the new program", NULL, SIZE_MAX).locked,
		      page_size(), "bytes locked in the new program");
	end_program(&run);
}

CONTROL(a_fork_is_an_attachment_more, "exec-32",
	"A child that is forked, and does not call execve, is attached until it ends",
	.needs = SYSV_MEMORY)
{
	int id = shmget(IPC_PRIVATE, page_size(), IPC_CREAT | 0600);
	char *attached = shmat(id, NULL, 0);
	struct shmid_ds state;
	struct child other;

	arrange(shmctl(id, IPC_RMID, NULL) == 0 && attached != (char *)-1);
	START_CHILD(other) {
		hand_over();
	}
	arrange(shmctl(id, IPC_STAT, &state) == 0);
	assert_equals(state.shm_nattch, 2, "processes attached while it lives");
	end_child(&other);
	arrange(shmctl(id, IPC_STAT, &state) == 0);
	assert_equals(state.shm_nattch, 1, "processes attached after its end");
}
