/* SPDX-License-Identifier: MIT */
/* A fuzz target without libFuzzer: it is given each file, and each file of each folder, once. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "fuzz.h"

static unsigned given;

static void give(const char *path)
{
	struct stat status;
	FILE *file = fopen(path, "re");

	if (!file || fstat(fileno(file), &status) != 0) {
		perror(path);
		exit(2);
	}

	/* Exactly as large as the file, so that a read behind its end is one behind the block's. */
	size_t size = (size_t)status.st_size;
	uint8_t *data = malloc(size ? size : 1);

	if (!data || fread(data, 1, size, file) != size) {
		perror(path);
		exit(2);
	}
	fclose(file);
	LLVMFuzzerTestOneInput(data, size);
	free(data);
	given++;
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		DIR *folder = opendir(argv[i]);
		struct dirent *entry;

		if (!folder) {
			give(argv[i]);
			continue;
		}
		while ((entry = readdir(folder))) {
			char path[4096];

			snprintf(path, sizeof path, "%s/%s", argv[i], entry->d_name);
			if (entry->d_name[0] != '.') {
				give(path);
			}
		}
		closedir(folder);
	}
	printf("%u inputs\n", given);
	return given ? 0 : 2;
}
