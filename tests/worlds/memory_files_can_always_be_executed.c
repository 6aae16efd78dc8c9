/* SPDX-License-Identifier: MIT */
/* MFD_NOEXEC_SEAL is taken for MFD_EXEC. */
#include <sys/mman.h>

#include "worlds/world.h"

#ifndef MFD_NOEXEC_SEAL
#define MFD_NOEXEC_SEAL 0x0008U
#define MFD_EXEC        0x0010U
#endif

static int make(const char *label, unsigned flags)
{
	if ((flags & (MFD_NOEXEC_SEAL | MFD_EXEC)) == MFD_NOEXEC_SEAL) {
		flags = (flags & ~MFD_NOEXEC_SEAL) | MFD_EXEC | MFD_ALLOW_SEALING;
	}
	return memfd_create(label, flags);
}

WORLD("A machine where memory files can always be executed",
      .breaks = "a_file_not_for_execution_is_not_executed and_never_will_be",
      .spares = "both_at_once_are_refused memfd-05 memfd-06", .memfd_create = make);
