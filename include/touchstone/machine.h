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
#include <sys/types.h>

/*
 * guard_setting("/proc/sys/vm/nr_hugepages", "4"): writes the value; the earlier one comes
 * back at the claim's end. False where the file cannot be written.
 */
bool guard_setting(const char *path, const char *value);

/*
 * setting_letter("/sys/module/zswap/parameters/enabled"): the first character of a setting of the kernel, which is
 * all that many have ('0', 'Y'); 0 where there is no such setting, or where it may not be read.
 */
char setting_letter(const char *path);

/*
 * setting_number("/proc/sys/vm/max_map_count"): a setting that is a number, in whatever unit it has; -1
 * where there is no such setting, or where it may not be read (errno, as open(2) left it).
 */
long long setting_number(const char *path);

/*
 * /proc is there, and numbers processes otherwise than this one does: it belongs to another pid namespace
 * (pid_namespaces(7)). What /proc/PID tells is about somebody else then; /proc/self is still this process.
 */
bool proc_is_foreign(void);

/*
 * The kernel gives and refuses memory by this mode of vm.overcommit_memory (0 heuristic, 1 always, 2 never
 * more than there is; proc(5)) until the claim's end. Where the machine is in another mode it is changed
 * by leave only (--allow=overcommit); undecided without. .alone = "machine".
 */
void guard_overcommit(int mode);

/*
 * A name for shm_open(3), and a key for shmget(2), that nobody uses. Whatever the claim or its
 * children make under them is removed by the guardian at the claim's end, were it by SIGKILL
 * between two calls. Undecided where no guardian can be started.
 */
const char *guard_shared_name(void);
key_t guard_segment_key(void);

#endif
