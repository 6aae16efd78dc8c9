/* SPDX-License-Identifier: MIT */
/*
 * Going on without the privileges, or as another user than the one, that started the experiment.
 */
#ifndef TOUCHSTONE_PRIVILEGES_H
#define TOUCHSTONE_PRIVILEGES_H

#include <errno.h>
#include <linux/capability.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#include <touchstone/outcome.h>

/*
 * From here to its end this process has no capabilities (capset(2)), whoever it belongs to; so in a
 * child where the claim goes on with them. Anybody may give up what he has, or has not.
 */
static inline void give_up_capabilities(void)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {{0, 0, 0}};

	arrange(syscall(SYS_capset, &header, none) == 0);
}

enum { NOBODY = 65534 }; /* the user, and the group, that own nothing */

/*
 * Becomes nobody, for good, so in a child made by children.h; false for whoever may not.
 * A child that has become another user still dies with its parent.
 */
static inline bool become_another_user(void)
{
	pid_t parent = getppid();

	if (geteuid() != 0 || syscall(SYS_setgroups, 0l, NULL) != 0 ||
	    syscall(SYS_setresgid, (long)NOBODY, (long)NOBODY, (long)NOBODY) != 0 ||
	    syscall(SYS_setresuid, (long)NOBODY, (long)NOBODY, (long)NOBODY) != 0) {
		return false;
	}
	prctl(PR_SET_PDEATHSIG, SIGKILL); /* it was forgotten with the user */
	return getppid() == parent;
}

/*
 * Goes on as an ordinary user, for good, so in a child made by children.h: root becomes nobody, anybody else
 * stays who he is, and neither has any capability. Undecided where root may not.
 */
static inline void become_an_ordinary_user(void)
{
	if (!become_another_user() && geteuid() == 0) {
		undecided("needs an ordinary user: one that setresuid(2) can change to");
	}
	give_up_capabilities();
}

/*
 * A process of another user, for a child that has no privileges from here on. To root it is its parent,
 * for the child becomes nobody; to anybody else process 1, if that is somebody else's. Undecided where
 * there is none.
 */
static inline pid_t process_of_another_user(void)
{
	pid_t parent = getppid();
	bool became = become_another_user();

	give_up_capabilities();
	if (!became && (geteuid() == 0 || kill(1, 0) == 0 || errno != EPERM)) {
		undecided("needs a process of another user: root that may become nobody, or "
			  "another's "
			  "process 1");
	}
	return became ? parent : 1;
}

#endif
