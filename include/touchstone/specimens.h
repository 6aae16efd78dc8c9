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
 * It is executed from an unnamed file (memfd_create, else a scratch file). Where execve(2) itself is
 * studied, it is called in the open:
 *
 *     struct specimen_run run;
 *
 *     START_PROGRAM(run) {            a child, whose standard output is run.output
 *             execve(specimen_path(file), WORDS("name", "argument"), NO_WORDS);
 *     }                               the parent goes on when the program has ended, or waits
 *     ... look at the process run.pid from outside, while it waits ...
 *     end_program(&run);              lets it run to its end
 *
 * Needs SPECIMENS.
 */
#ifndef TOUCHSTONE_SPECIMENS_H
#define TOUCHSTONE_SPECIMENS_H

#include <link.h>
#include <stdbool.h>
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
	int status; /* as waitpid(2) gives it */
	char output
		[SPECIMEN_OUTPUT]; /* what it wrote to standard output, cut there, with a 0 behind */
	size_t output_length;      /* without that 0 */
	struct faults faults;      /* of its whole life */
	pid_t pid;                 /* of a program that START_PROGRAM has left alive, else 0 */
	int output_end, input_end; /* the parent's ends of its pipes */
};

/* Executes it with these arguments (after argv[0], its name; NULL ends them) and waits for its end. */
struct specimen_run run_specimen(const struct specimen *specimen, ...) __attribute__((sentinel));

/* The same with a file that a specimen was written to, which stays as it is, for several runs. */
struct specimen_run run_specimen_file(int fd, const char *name, ...) __attribute__((sentinel));

/* The number in the line "name=123" that the run wrote. An error where it wrote none. */
unsigned long long specimen_said(const struct specimen_run *run, const char *name);

/* A descriptor of its executable file, to be given to execveat(fd, "", ..., AT_EMPTY_PATH). */
int specimen_file(const struct specimen *specimen);

/*
 * A copy of an ELF file with one program header more, of which there are up to three: the table moves behind what
 * there was, and grows. Where length is not 0, so many bytes of data follow it, and the header's p_offset and
 * p_filesz are set to lead to them.
 */
struct specimen specimen_with_header(const struct specimen *specimen, ElfW(Phdr) header,
				     const void *data, size_t length);

/* "/proc/self/fd/5", by which execve(2) finds it; the text stays until the fifth call after this. */
const char *specimen_path(int fd);

/* A list as execve(2) wants it: WORDS("name", "one", "two"), NO_WORDS. */
#define WORDS(...) ((char *[]){__VA_ARGS__, NULL})
#define NO_WORDS   ((char *[]){NULL})

/*
 * START_PROGRAM(run) { ... execve(...); }: the block runs in a forked child, and has to end in an execve(2)
 * that succeeds; if it comes to its own end, that is an error, with errno. The program waits
 * when it has written the line "waiting=1" and reads from its standard input. It dies with its
 * parent. The exit statuses 1, 77 and 99 are an outcome of the block, as in children.h; its faults
 * are those of the child before its execve, too.
 *
 * START_TRACED(run): the same for a block that calls ptrace(PTRACE_TRACEME) first. The parent goes
 * on at the program's stop, just behind execve and before its first instruction; it has to let it
 * go (PTRACE_CONT, PTRACE_DETACH) before hear_program() or end_program().
 */
#define START_PROGRAM(run_) TOUCHSTONE_START(run_, false)
#define START_TRACED(run_)  TOUCHSTONE_START(run_, true)
#define TOUCHSTONE_START(run_, traced_)                                                            \
	for ((run_) = (struct specimen_run){0}; touchstone_start_program(&(run_), traced_);        \
	     touchstone_no_program_started())

/* After START_TRACED: the parent goes on when the program has ended, or waits. */
void hear_program(struct specimen_run *run);

/* Ends the input of a program that waits, hears what it still says, and waits for its end. */
void end_program(struct specimen_run *run);

bool touchstone_start_program(struct specimen_run *run, bool traced);
void touchstone_no_program_started(void) __attribute__((noreturn));

#endif
