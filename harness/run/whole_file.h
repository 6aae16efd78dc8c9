/* SPDX-License-Identifier: MIT */
/*
 * A file that is written whole or not at all: it comes into being beside the wanted one, and takes its place
 * only when every byte is there. What is no regular file (a pipe, a device) is written as it is.
 */
#ifndef RUN_WHOLE_FILE_H
#define RUN_WHOLE_FILE_H

#include <stdbool.h>
#include <stdio.h>

struct whole_file {
	FILE *out;
	const char *path; /* NULL: standard output */
	char *temporary;
};

/* False, with errno, where it cannot be made. */
bool whole_file_open(struct whole_file *file, const char *path);
/* False, with errno, where something could not be written; then an earlier file is as it was. */
bool whole_file_close(struct whole_file *file);

#endif
