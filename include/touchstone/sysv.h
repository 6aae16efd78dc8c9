/* SPDX-License-Identifier: MIT */
/*
 * Segments of System V: memory that goes by a key and an id (shmget(2), shmat(2), shmctl(2)).
 *
 *     int id = new_segment(3 * page_size());
 *     char *area = attached(id, NULL, 0);
 *     assert_equals(segment_state(id).shm_nattch, 1, "attachments");
 *
 * Whatever becomes of the claim, machine.h's guardian removes the segment. Needs SYSV_MEMORY.
 */
#ifndef TOUCHSTONE_SYSV_H
#define TOUCHSTONE_SYSV_H

#include <stddef.h>
#include <stdint.h>
#include <sys/ipc.h>
#include <sys/shm.h>

#include <touchstone/expect.h>
#include <touchstone/machine.h>
#include <touchstone/memory.h>

/* The id of a new segment, which its owner may read and write. */
static inline int new_segment(size_t length)
{
	int id = shmget(guard_segment_key(), length, IPC_CREAT | IPC_EXCL | 0600);

	arrange(id >= 0);
	return id;
}

/* Where shmat(2) attaches it; a refusal breaks the claim. */
static inline char *attached(int id, const void *address, int flags)
{
	return (char *)assert_accepted(shmat(id, address, flags));
}

/* What IPC_STAT tells of it: shm_nattch, shm_segsz, shm_perm.mode. A refusal breaks the claim. */
static inline struct shmid_ds segment_state(int id)
{
	struct shmid_ds state;

	assert_accepted(shmctl(id, IPC_STAT, &state));
	return state;
}

/*
 * An address that shmat(2) takes, a multiple of SHMLBA, among pages that are reserved (memory.h), with
 * room for so many pages and one more. SHMLBA is a page on most processors, and above 1 MiB on none.
 */
static inline char *segment_place(size_t count)
{
	const uintptr_t alignment = 1 << 20;
	uintptr_t start = (uintptr_t)reserve(count + 1 + alignment / page_size());

	return (char *)((start + alignment - 1) & ~(alignment - 1));
}

#endif
