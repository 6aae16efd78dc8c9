/* SPDX-License-Identifier: MIT */
/*
 * marked MARK COMMAND...: runs a command as a service manager may, with a mark that all programs inherit (prctl(2)).
 * tests/machines/sandboxes builds it.
 *
 *     memory-merge   all of its memory may be merged with equal pages (systemd: MemoryKSM=yes)
 *     no-exec-gain   nothing that could be written may become executable (systemd: MemoryDenyWriteExecute=yes)
 *
 * Status: that of the command; 125 where the mark is refused or unknown, 127 where the command cannot be run.
 */
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#ifndef PR_SET_MDWE
#define PR_SET_MDWE 65 /* Linux 6.3 */
#endif
#ifndef PR_SET_MEMORY_MERGE
#define PR_SET_MEMORY_MERGE 67 /* Linux 6.4 */
#endif

static const struct {
	const char *name;
	int option;
} marks[] = {{"memory-merge", PR_SET_MEMORY_MERGE}, {"no-exec-gain", PR_SET_MDWE}};

int main(int argc, char **argv)
{
	for (size_t i = 0; argc > 2 && i < sizeof marks / sizeof *marks; i++) {
		if (strcmp(argv[1], marks[i].name) == 0) {
			if (prctl(marks[i].option, 1, 0, 0, 0) != 0) {
				perror("marked: prctl");
				return 125;
			}
			execvp(argv[2], argv + 2);
			perror(argv[2]);
			return 127;
		}
	}
	fprintf(stderr, "usage: marked memory-merge|no-exec-gain COMMAND...\n");
	return 125;
}
