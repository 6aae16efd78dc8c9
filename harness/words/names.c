/* SPDX-License-Identifier: MIT */
/* The names of the errno values that the calls of this suite can answer. */
#include "words/names.h"

#include <errno.h>
#include <stdio.h>

#include "instruments/named_numbers.h"

const char *error_name(int error)
{
	static const struct named_number names[] = {
		NAMED(EPERM),  NAMED(ENOENT), NAMED(ESRCH),   NAMED(EINTR),     NAMED(EIO),
		NAMED(ENXIO),  NAMED(E2BIG),  NAMED(ENOEXEC), NAMED(EBADF),     NAMED(ECHILD),
		NAMED(EAGAIN), NAMED(ENOMEM), NAMED(EACCES),  NAMED(EFAULT),    NAMED(EBUSY),
		NAMED(EEXIST), NAMED(ENODEV), NAMED(ENOTDIR), NAMED(EISDIR),    NAMED(EINVAL),
		NAMED(ENFILE), NAMED(EMFILE), NAMED(ENOTTY),  NAMED(ETXTBSY),   NAMED(EFBIG),
		NAMED(ENOSPC), NAMED(ESPIPE), NAMED(EROFS),   NAMED(EMLINK),    NAMED(EPIPE),
		NAMED(ERANGE), NAMED(ENOSYS), NAMED(ELOOP),   NAMED(EOVERFLOW), NAMED(EOPNOTSUPP),
	};
	static char unnamed[32];

	if (error == 0) {
		return "no errno";
	}

	const char *name = NAME_OF(names, error);

	if (!name) {
		snprintf(unnamed, sizeof unnamed, "errno %d", error);
	}
	return name ? name : unnamed;
}
