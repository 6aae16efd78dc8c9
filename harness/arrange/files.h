/* SPDX-License-Identifier: MIT */
/* What the harness itself needs of files: touchstone/files.h has the words. */
#ifndef ARRANGE_FILES_H
#define ARRANGE_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* As disk_file(), for a probe: -1 where it cannot be made, and no outcome. */
int files_try_disk_file(size_t count);

/* Whether one could be made: some folder is on a disk file system. */
bool files_are_on_disk(void);

/*
 * The folders for unnamed files, in order of preference: $TOUCHSTONE_TMPDIR, $TMPDIR, /var/tmp,
 * /tmp. NULL behind the last; an empty text where a variable is not set.
 */
const char *files_folder(size_t number);

/* An empty unnamed file in the folder, open for reading and writing, or a negative errno. */
int files_unnamed(const char *folder, mode_t mode);

/* Writes all of it at the offset. 0 or a negative errno, -EFBIG beyond RLIMIT_FSIZE, and no signal.
 */
int files_put(int fd, const void *bytes, size_t length, off_t offset);

/* Writes a line into a file of /proc or /sys, for instance. 0 or a negative errno. */
int write_text(const char *path, const char *text);

/* A second descriptor of the same file, or a negative errno. */
int files_reopen(int fd, int flags);

#endif
