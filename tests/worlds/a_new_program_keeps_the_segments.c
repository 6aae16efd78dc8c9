/* SPDX-License-Identifier: MIT */
/* As long as the new program runs, what its process had attached before is still attached. */
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

#include "worlds/world.h"

static long kept;

static pid_t divide(void)
{
	pid_t pid = fork();

	kept = pid > 0 ? 2 : 0;
	return pid;
}

static pid_t await(pid_t pid, int *status, int options)
{
	kept = 0;
	return waitpid(pid, status, options);
}

static int control(int id, int command, struct shmid_ds *state)
{
	int answer = shmctl(id, command, state);

	if (command == IPC_STAT && answer == 0) {
		state->shm_nattch += (shmatt_t)kept;
	}
	return answer;
}

WORLD("A machine where a new program keeps the segments of the one before",
      .breaks = "a_new_program_has_none", .spares = "each_attach_and_detach_counts sysv-12 sysv-10",
      .fork = divide, .waitpid = await, .shmctl = control);
