/* SPDX-License-Identifier: MIT */
/*
 * Doing without privileges what the experiment may have been started with.
 */
#ifndef TOUCHSTONE_PRIVILEGES_H
#define TOUCHSTONE_PRIVILEGES_H

#include <linux/capability.h>
#include <sys/syscall.h>
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

#endif
