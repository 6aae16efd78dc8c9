/* SPDX-License-Identifier: MIT */
/*
 * The child has what its parent has noted with SEM_UNDO. Only in a namespace that the claim has made,
 * where every semaphore is its own.
 */
#include <string.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <unistd.h>

#include "worlds/world.h"

static char first[64];

static void read_namespace(char name[64])
{
	memset(name, 0, 64);
	(void)!readlink("/proc/self/ns/ipc", name, 63);
}

static void remember(void)
{
	read_namespace(first);
}

static void note_again(void)
{
	char now[64];
	struct sembuf up = {.sem_op = 1, .sem_flg = SEM_UNDO}, down = {.sem_op = -1};
	struct semid_ds state;
	int id;

	read_namespace(now);
	if (strcmp(now, first) == 0) {
		return;
	}
	id = semctl(0, 0, SEM_STAT, &state);
	if (id >= 0 && semctl(id, 0, GETVAL) > 0) {
		semop(id, &up, 1);
		semop(id, &down, 1);
	}
}

WORLD("A machine where a child's end pays its parent's debts", .breaks = "debts_stay_the_debtors",
      .spares = "the_debtors_end_pays_them fork-34", .enter = remember, .born = note_again);
