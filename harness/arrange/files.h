/* SPDX-License-Identifier: MIT */
/* What the harness itself needs of files: touchstone/files.h has the words. */
#ifndef ARRANGE_FILES_H
#define ARRANGE_FILES_H

#include <stddef.h>

/* As disk_file(), for a probe: -1 where it cannot be made, and no outcome. */
int files_try_disk_file(size_t count);

#endif
