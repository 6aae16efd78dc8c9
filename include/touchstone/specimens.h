/* SPDX-License-Identifier: MIT */
/*
 * Specimens: small programs of known layout that an experiment executes and looks at.
 *
 * experiments/<chapter>/specimens/<name>.c is built by CMake with the flags that its line
 * "specimen flags: ..." names, and carried as bytes in the experiment's own program:
 *
 *     SPECIMEN(zeroed_tail);
 *     ...
 *     struct specimen_run run = run_specimen(&zeroed_tail, "argument", NULL);
 *
 * It is executed from an unnamed file (memfd_create, else a scratch file). Needs SPECIMENS.
 */
#ifndef TOUCHSTONE_SPECIMENS_H
#define TOUCHSTONE_SPECIMENS_H

#include <stddef.h>
#include <sys/types.h>

#include <touchstone/faults.h>

enum { SPECIMEN_OUTPUT = 8000 };

struct specimen {
	const char *name;
	const unsigned char *bytes, *end; /* the ELF file */
};

/* Brings build/specimens/<name> into this file, under its name. */
#define SPECIMEN(name_)                                                                            \
	__asm__(".pushsection .rodata\n\t.balign 16\n"                                             \
		"touchstone_specimen_" #name_ ":\n\t.incbin \"specimens/" #name_ "\"\n"            \
		"touchstone_specimen_" #name_ "_end:\n\t.byte 0\n\t.popsection\n");                \
	extern const unsigned char touchstone_specimen_##name_[]                                   \
		__attribute__((visibility("hidden")));                                             \
	extern const unsigned char touchstone_specimen_##name_##_end[]                             \
		__attribute__((visibility("hidden")));                                             \
	static const struct specimen name_ = {#name_, touchstone_specimen_##name_,                 \
					      touchstone_specimen_##name_##_end}

/* How a run ended. */
struct specimen_run {
	int status;           /* as waitpid(2) gives it */
	char output[SPECIMEN_OUTPUT];    /* what it wrote to standard output, cut there, with a 0 behind */
	size_t output_length; /* without that 0 */
	struct faults faults; /* of its whole life */
};

/* Executes it with these arguments (after argv[0], its name; NULL ends them) and waits for its end. */
struct specimen_run run_specimen(const struct specimen *specimen, ...)
	__attribute__((sentinel));

/* The same with a file that a specimen was written to, which stays as it is, for several runs. */
struct specimen_run run_specimen_file(int fd, const char *name, ...) __attribute__((sentinel));

/* The number in the line "name=123" that the run wrote. An error where it wrote none. */
unsigned long long specimen_said(const struct specimen_run *run, const char *name);

/* A descriptor of its executable file, to be given to execveat(fd, "", ..., AT_EMPTY_PATH). */
int specimen_file(const struct specimen *specimen);

#endif
