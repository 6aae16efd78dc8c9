/* SPDX-License-Identifier: MIT */
/* MFD_EXEC is taken for MFD_NOEXEC_SEAL. */
#include <sys/mman.h>

#include "worlds/world.h"

#ifndef MFD_NOEXEC_SEAL
#define MFD_NOEXEC_SEAL 0x0008U
#define MFD_EXEC        0x0010U
#endif

static int make(const char *label, unsigned flags)
{
	if ((flags & (MFD_NOEXEC_SEAL | MFD_EXEC)) == MFD_EXEC) {
		flags = (flags & ~MFD_EXEC) | MFD_NOEXEC_SEAL;
	}
	return memfd_create(label, flags);
}

WORLD("A machine where memory files are never executed",
      .breaks = "a_file_for_execution_gets_as_far_as_its_content",
      .spares = "a_file_not_for_execution_is_not_executed and_never_will_be "
		"both_at_once_are_refused",
      .memfd_create = make);
