/* SPDX-License-Identifier: MIT */
/*
 * Global state of the machine, changed for the length of one claim and put back whatever happens.
 *
 * A guardian process makes the change and undoes it: it is no child of the claim, ignores signals,
 * and waits for the end of a pipe that dies with the claim, be it by SIGKILL. It holds a lock,
 * so that no two claims, of this run or of another one, change the same thing at once. A claim that
 * uses these words names the thing in its option .alone as well, for ctest.
 */
#ifndef TOUCHSTONE_MACHINE_H
#define TOUCHSTONE_MACHINE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/*
 * guard_setting("/proc/sys/vm/nr_hugepages", "4"): writes the value; the earlier one comes
 * back at the claim's end. False where the file cannot be written.
 */
bool guard_setting(const char *path, const char *value);

/*
 * A memory cgroup of our own with a limit in bytes, empty at first (v1 or v2). Ended by the
 * guardian: whatever still runs in it is killed, then it is removed. Needs MEMORY_CGROUP.
 */
struct memory_group {
	char path[256];
	int version; /* 1 or 2 */
};
struct memory_group guard_memory_group(size_t limit_bytes);

/* The calling process enters the group. */
void enter_memory_group(const struct memory_group *group);

/* How often the group came up against its limit: memory.failcnt (v1), memory.events max (v2). */
long long memory_group_limit_hits(const struct memory_group *group);

/*
 * From here to its end this process can swap so many bytes: an active swap area has room for them,
 * and nothing is changed; or else the guardian activates a swap file on a disk, of the lowest
 * priority, which only happens by leave (--allow=swap). Undecided where neither can be. Needs SWAP,
 * and .alone = "swap".
 */
void guard_swap(size_t bytes);

/*
 * A name for shm_open(3), and a key for shmget(2), that nobody uses. Whatever the claim or its
 * children make under them is removed by the guardian at the claim's end, were it by SIGKILL
 * between two calls. Undecided where no guardian can be started.
 */
const char *guard_shared_name(void);
key_t guard_segment_key(void);

#endif
