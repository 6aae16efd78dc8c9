/* SPDX-License-Identifier: MIT */
#include "run/whole_file.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

bool whole_file_open(struct whole_file *file, const char *path)
{
	struct stat there;

	*file = (struct whole_file){.out = stdout, .path = path};
	if (!path) {
		return true;
	}
	if (stat(path, &there) == 0 && !S_ISREG(there.st_mode)) {
		file->out = fopen(path, "we");
		return file->out != NULL;
	}
	if (asprintf(&file->temporary, "%s.%ld.part", path, (long)getpid()) < 0) {
		file->temporary = NULL;
		return false;
	}
	file->out = fopen(file->temporary, "wxe");
	if (!file->out) {
		free(file->temporary);
	}
	return file->out != NULL;
}

bool whole_file_close(struct whole_file *file)
{
	bool whole = fflush(file->out) == 0 && !ferror(file->out);
	int error = errno;

	if (file->path && fclose(file->out) != 0 && whole) {
		error = errno;
		whole = false;
	}
	if (file->temporary && whole && rename(file->temporary, file->path) != 0) {
		error = errno;
		whole = false;
	}
	if (file->temporary && !whole) {
		unlink(file->temporary);
	}
	free(file->temporary);
	errno = error;
	return whole;
}
