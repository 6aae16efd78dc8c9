/* SPDX-License-Identifier: MIT */
/* Of MFD_EXEC and MFD_NOEXEC_SEAL together the second is taken. */
#include <sys/mman.h>

#include "worlds/world.h"

#ifndef MFD_NOEXEC_SEAL
#define MFD_NOEXEC_SEAL 0x0008U
#define MFD_EXEC        0x0010U
#endif

static int make(const char *label, unsigned flags)
{
	if (flags & MFD_NOEXEC_SEAL) {
		flags &= ~MFD_EXEC;
	}
	return memfd_create(label, flags);
}

WORLD("A machine where memory files are barred from execution in doubt",
      .breaks = "both_at_once_are_refused",
      .spares = "a_file_not_for_execution_is_not_executed and_never_will_be memfd-05",
      .memfd_create = make);
