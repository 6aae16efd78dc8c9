/* SPDX-License-Identifier: MIT */
/* Specimens, executed from files without a name: touchstone/specimens.h. */
#include <touchstone/specimens.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <touchstone/outcome.h>

#include "arrange/children.h"
#include "arrange/files.h"
#include "arrange/specimens.h"
#include "run/outcome.h"

#ifndef MFD_EXEC
#define MFD_EXEC 0x0010U /* Linux 6.3 */
#endif

void (*specimens_written)(int file);
void (*specimens_ran)(int file);

/* The C libraries' wrappers came late (glibc 2.34, musl never). */
static int execute(int fd, char *const arguments[], char *const environment[])
{
	return (int)syscall(SYS_execveat, fd, "", arguments, environment, AT_EMPTY_PATH);
}

/*
 * May the file be executed? Its text is no program of any format, so an attempt cannot run
 * anything. ENOEXEC is the format's refusal, which comes after every permission was granted; a
 * noexec mount or a policy says EACCES or EPERM. 0 or a negative errno.
 */
static int may_be_executed(int fd)
{
	char *const arguments[] = {"probe", NULL}, *const environment[] = {NULL};
	int status;
	pid_t pid = vfork();

	if (pid == 0) {
		/* NOLINTNEXTLINE(clang-analyzer-unix.Vfork): a bare system call */
		execute(fd, arguments, environment);
		_exit(errno);
	}
	if (pid < 0) {
		return -errno;
	}
	while (waitpid(pid, &status, 0) < 0) {
		if (errno != EINTR) {
			return -errno;
		}
	}
	return WIFEXITED(status) && WEXITSTATUS(status) == ENOEXEC ? 0 : -EACCES;
}

/*
 * The probe's text. Its first bytes can be printed: for others the kernel would look for a
 * module that knows the format.
 */
static const char no_program[] = "this is no program\n";

/* Where files with executable content come from: 0 is memory, the others are the folders. */
static int executable_file(size_t source)
{
	if (source == 0) {
		int fd = memfd_create("specimen", MFD_CLOEXEC | MFD_EXEC);

		return fd < 0 && errno == EINVAL ? memfd_create("specimen", MFD_CLOEXEC) : fd;
	}

	const char *folder = files_folder(source - 1);

	return folder ? files_unnamed(folder, 0700) : -ENOENT;
}

static bool is_last_source(size_t source)
{
	return source > 0 && !files_folder(source - 1);
}

/* A file that somebody has open for writing is not executed (ETXTBSY): this one is for reading. */
static int for_reading_only(int fd)
{
	int reader = files_reopen(fd, O_RDONLY);

	close(fd);
	return reader;
}

/* Replaces the content through a writer of its own, which is gone again afterwards. */
static int fill(int reader, const void *bytes, size_t length)
{
	int writer = files_reopen(reader, O_RDWR);

	if (writer < 0) {
		return writer;
	}

	int error = ftruncate(writer, 0) == 0 ? files_put(writer, bytes, length, 0) : -errno;

	close(writer);
	return error;
}

/* A file that may be executed, open for reading, or a negative errno. */
static int proven_file(void)
{
	int error = -EACCES;
	bool short_of_files = false;

	for (size_t source = 0; !is_last_source(source); source++) {
		int fd = executable_file(source);

		fd = fd < 0 ? fd : for_reading_only(fd);
		if (fd < 0) {
			short_of_files = short_of_files || errno == EMFILE;
			continue;
		}
		error = fill(fd, no_program, sizeof no_program - 1);
		error = error ? error : may_be_executed(fd);
		if (!error) {
			return fd;
		}
		short_of_files = short_of_files || error == -EMFILE;
		close(fd);
	}
	return short_of_files ? -EMFILE : error;
}

bool specimens_can_run(void)
{
	int fd = proven_file();

	if (fd >= 0) {
		close(fd);
	}
	return fd >= 0;
}

int specimen_file(const struct specimen *specimen)
{
	const ElfW(Ehdr) *elf = (const void *)specimen->bytes;

	/* Whoever starts without a loader has nobody to fill the table by which such code finds its data. */
	if (specimen->end - specimen->bytes >= (ptrdiff_t)sizeof *elf && elf->e_type == ET_DYN &&
	    elf->e_machine == EM_MIPS) {
		undecided(
			"needs a processor whose movable code finds its data by itself: not MIPS");
	}

	int fd = proven_file();

	errno = fd < 0 ? -fd : 0;
	arrange(fd >= 0 && "an unnamed file that may be executed");
	errno = -fill(fd, specimen->bytes, (size_t)(specimen->end - specimen->bytes));
	arrange(errno == 0 && "the specimen was written");
	if (specimens_written) {
		specimens_written(fd);
	}
	return fd;
}

enum { ARGUMENTS = 18 }; /* argv[0] and the closing NULL included */

/* Reads to the end, so that the writer never waits; keeps what has room. */
static size_t read_output(int fd, char *output, size_t room)
{
	size_t length = 0;

	for (;;) {
		char rest[512];
		bool full = length == room;
		ssize_t got = read(fd, full ? rest : output + length,
				   full ? sizeof rest : room - length);

		if (got < 0 && errno == EINTR) {
			continue;
		}
		if (got <= 0) {
			return length;
		}
		length += full ? 0 : (size_t)got;
	}
}

/* In the child of a vfork, which runs in its parent's memory: nothing but system calls. */
static void become(int fd, char *const arguments[], int output, int refusal, pid_t parent,
		   const sigset_t *mask)
{
	char *const environment[] = {NULL};

	prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
	if (getppid() == parent && dup2(output, STDOUT_FILENO) == STDOUT_FILENO) {
		sigprocmask(SIG_SETMASK, mask, NULL);
		execute(fd, arguments, environment);
	}

	int error = errno;

	(void)!write(refusal, &error, sizeof error);
	_exit(127);
}

/* vfork shares no page copy-on-write, so no fault of the specimen's comes from being forked. */
static pid_t start(int fd, char *const arguments[], int output, int refusal)
{
	pid_t parent = getpid();
	sigset_t all, before;

	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, &before);

	pid_t pid = vfork();

	if (pid == 0) {
		/* NOLINTNEXTLINE(clang-analyzer-unix.Vfork): nothing but system calls in it */
		become(fd, arguments, output, refusal, parent, &before);
	}

	int error = errno;

	sigprocmask(SIG_SETMASK, &before, NULL);
	errno = error;
	return pid;
}

/* Takes what follows argv[0] from a list that ends with NULL. */
static void take_arguments(char *arguments[ARGUMENTS], const char *name, va_list rest)
{
	size_t count = 0;

	arguments[count++] = (char *)name;
	do {
		arrange(count < ARGUMENTS);
		arguments[count] = va_arg(rest, char *); /* NOLINT(clang-analyzer-valist.*) */
	} while (arguments[count++]);
}

static struct specimen_run run(int fd, char *const arguments[])
{
	struct specimen_run run = {.status = -1};
	struct rusage usage;
	int output[2], refusal[2], error = 0;

	arrange(pipe2(output, O_CLOEXEC) == 0);
	arrange(pipe2(refusal, O_CLOEXEC) == 0);

	pid_t pid = start(fd, arguments, output[1], refusal[1]);

	arrange(pid > 0);
	close(output[1]);
	close(refusal[1]);

	/* Its end of this pipe is closed by a successful execve; else it tells why not. */
	bool refused = read_output(refusal[0], (char *)&error, sizeof error) == sizeof error;

	run.output_length = read_output(output[0], run.output, sizeof run.output - 1);
	close(refusal[0]);
	close(output[0]);
	while (wait4(pid, &run.status, 0, &usage) < 0) {
		arrange(errno == EINTR);
	}
	errno = error;
	arrange(!refused && "the specimen was executed");
	if (specimens_ran) {
		specimens_ran(fd);
	}
	run.faults = (struct faults){.minor = usage.ru_minflt, .major = usage.ru_majflt};
	return run;
}

struct specimen_run run_specimen(const struct specimen *specimen, ...)
{
	char *arguments[ARGUMENTS];
	va_list rest;
	int fd = specimen_file(specimen);

	va_start(rest, specimen);
	take_arguments(arguments, specimen->name, rest);
	va_end(rest);

	struct specimen_run result = run(fd, arguments);

	close(fd);
	return result;
}

struct specimen_run run_specimen_file(int fd, const char *name, ...)
{
	char *arguments[ARGUMENTS];
	va_list rest;

	va_start(rest, name);
	take_arguments(arguments, name, rest);
	va_end(rest);
	return run(fd, arguments);
}

struct specimen specimen_with_header(const struct specimen *specimen, ElfW(Phdr) header,
				     const void *data, size_t length)
{
	static unsigned char images[3][2 << 16];
	static unsigned turn;
	unsigned char *image = images[turn++ % 3];
	const ElfW(Ehdr) *old = (const void *)specimen->bytes;
	ElfW(Ehdr) *elf = (void *)image;
	size_t before = (size_t)(specimen->end - specimen->bytes), size = sizeof header;
	size_t at = (before + size) / size * size, behind = at + (old->e_phnum + 1U) * size;

	arrange(old->e_phentsize == size && behind + length <= sizeof images[0]);
	memset(image, 0, sizeof images[0]);
	memcpy(image, specimen->bytes, before);
	memcpy(image + at, image + old->e_phoff, old->e_phnum * size);
	elf->e_phoff = at;
	if (length > 0) {
		header.p_offset = behind;
		header.p_filesz = length;
		memcpy(image + behind, data, length);
	}
	memcpy(image + at + elf->e_phnum++ * size, &header, size);
	return (struct specimen){specimen->name, image, image + behind + length};
}

/* --- Programs that an experiment starts itself ----------------------------------------------- */

const char *specimen_path(int fd)
{
	static char paths[5][40];
	static unsigned turn;
	char *path = paths[turn++ % 5];

	snprintf(path, sizeof paths[0], "/proc/self/fd/%d", fd);
	return path;
}

/* Where the block ended in an outcome, it has told which; so does this process end. */
static void wait_for_end(struct specimen_run *run)
{
	struct rusage usage;
	int how = 0;

	do {
		while (wait4(run->pid, &how, 0, &usage) < 0) {
			arrange(errno == EINTR);
		}
	} while (WIFSTOPPED(how));
	close(run->output_end);
	if (run->input_end >= 0) {
		close(run->input_end);
	}
	run->pid = 0;
	run->status = how;
	run->faults = (struct faults){.minor = usage.ru_minflt, .major = usage.ru_majflt};
	if (WIFEXITED(how) &&
	    (WEXITSTATUS(how) == EXIT_BROKEN || WEXITSTATUS(how) == EXIT_UNDECIDED ||
	     WEXITSTATUS(how) == EXIT_ERROR)) {
		_exit(WEXITSTATUS(how));
	}
}

static bool has_said_it_waits(const struct specimen_run *run)
{
	static const char waiting[] = "waiting=1\n";
	size_t length = sizeof waiting - 1;

	return run->output_length >= length &&
	       memcmp(run->output + run->output_length - length, waiting, length) == 0;
}

/* Hears it until it waits; false at the end of its output. What has no room is lost. */
static bool hear(struct specimen_run *run)
{
	size_t room = sizeof run->output - 1;

	for (;;) {
		char *end = run->output + run->output_length;
		ssize_t got = read(run->output_end, end, room - run->output_length);

		if (got < 0 && errno == EINTR) {
			continue;
		}
		if (got <= 0) {
			return false;
		}
		run->output_length += (size_t)got;
		if (has_said_it_waits(run)) {
			return true;
		}
	}
}

static void become_program_soon(const int output[2], const int input[2], pid_t of)
{
	children_die_with(of);
	arrange(dup2(input[0], STDIN_FILENO) == STDIN_FILENO);
	arrange(dup2(output[1], STDOUT_FILENO) == STDOUT_FILENO);
}

void hear_program(struct specimen_run *run)
{
	if (!hear(run)) {
		wait_for_end(run);
	}
}

/* Waits until a traced child has stopped; false if it has ended, which is left to be waited for. */
static bool stops(pid_t pid)
{
	siginfo_t what;

	while (waitid(P_PID, (id_t)pid, &what, WSTOPPED | WEXITED | WNOWAIT) != 0) {
		arrange(errno == EINTR);
	}
	/* gVisor tells part of waitpid's status here, and calls it a kill by a signal that there is not. */
	bool in_other_words = what.si_code == CLD_KILLED && what.si_status == 0x7f;

	if (what.si_code != CLD_TRAPPED && what.si_code != CLD_STOPPED && !in_other_words) {
		return false;
	}
	arrange(waitid(P_PID, (id_t)pid, &what, WSTOPPED) == 0);
	return true;
}

bool touchstone_start_program(struct specimen_run *run, bool traced)
{
	int output[2], input[2];
	pid_t me = getpid();

	arrange(pipe2(output, O_CLOEXEC) == 0 && pipe2(input, O_CLOEXEC) == 0);
	run->pid = children_fork();
	arrange(run->pid >= 0);
	if (run->pid == 0) {
		become_program_soon(output, input, me);
		return true;
	}
	close(output[1]);
	close(input[0]);
	run->output_end = output[0];
	run->input_end = input[1];
	if (!traced || !stops(run->pid)) {
		hear_program(run);
	}
	return false;
}

void touchstone_no_program_started(void)
{
	arrange(!"the execve at the end of the block has become a program");
	_exit(EXIT_ERROR);
}

void end_program(struct specimen_run *run)
{
	if (run->pid > 0) {
		close(run->input_end);
		run->input_end = -1;
		while (hear(run)) {
		}
		wait_for_end(run);
	}
}

unsigned long long specimen_said(const struct specimen_run *run, const char *name)
{
	size_t length = strlen(name);

	for (const char *line = run->output; *line;) {
		size_t end = strcspn(line, "\n");

		if (strncmp(line, name, length) == 0 && line[length] == '=') {
			return strtoull(line + length + 1, NULL, 10);
		}
		line += end + (line[end] == '\n');
	}
	outcome_error("the specimen has not said %s (it ended with status %x)", name,
		      (unsigned)run->status);
}
