/* SPDX-License-Identifier: MIT */
/*
 * The files of a process's memory are shut to other users
 * =======================================================
 *
 * /proc/PID/mem shows an address space as a file, maps and smaps its areas, pagemap its pages; ptrace(2)
 * stops a process and reads it. Any of them would give away what document 004 (14.1, 14.4) wants kept apart:
 * contents, or at least the addresses that randomisation hides.
 *
 *      /proc/PID/          mem    maps   smaps   pagemap   environ      ptrace
 *      the same user       opens  opens  opens   opens     opens        attached
 *      another user        EACCES ...                                   EPERM
 *                          (ENOENT where /proc hides foreign processes)
 *
 * Look with: open(2), read(2), ptrace(2), and what they answer.
 * Read on:   proc(5), ptrace(2) "Ptrace access mode checking"; document 004 sections 14.1 and 14.4.
 */
#include <fcntl.h>
#include <stdio.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("The files of a process's memory are shut to other users");

enum { LENGTH = 256, UNCHANGED = 0x55 };

static char secret[LENGTH];

static const char *const names[] = {"mem", "maps", "smaps", "pagemap", "environ"};
enum { NAMES = sizeof names / sizeof *names };

static int open_file_of(pid_t process, const char *name)
{
	char path[40];

	snprintf(path, sizeof path, "/proc/%d/%s", process, name);

	int file = open(path, O_RDONLY | O_CLOEXEC);

	arrange(file >= 0 || errno != EMFILE);
	return file;
}

CLAIM(the_files_of_memory_stay_shut, "prot-23",
      "Of another user's process mem, maps, smaps, pagemap and environ cannot be read",
      .needs = AREA_LIST)
{
	IN_CHILD {
		pid_t other = process_of_another_user();

		for (size_t i = 0; i < NAMES; i++) {
			char first = 0;
			int file = open_file_of(other, names[i]);

			/* Shut, or out of sight (hidepid: ENOENT), or it opens and shows nothing. */
			if (file >= 0) {
				ck_assert_msg(read(file, &first, 1) <= 0, "%s can be read",
					      names[i]);
				close(file);
			} else {
				ck_assert_msg(errno == EACCES || errno == EPERM || errno == ENOENT,
					      "%s: %s", names[i], strerror(errno));
			}
		}
	}
}

CLAIM(others_cannot_be_traced, "prot-23",
      "Another user's process can be traced neither by PTRACE_ATTACH nor by PTRACE_SEIZE: EPERM",
      .needs = TRACING)
{
	IN_CHILD {
		pid_t other = process_of_another_user();

		assert_refused(ptrace(PTRACE_ATTACH, other, NULL, NULL), EPERM);
		assert_refused(ptrace(PTRACE_SEIZE, other, NULL, NULL), EPERM);
	}
}

CONTROL(ones_own_childs_are_open, "prot-23",
	"The same files of an own child open and show something, its memory byte for byte",
	.needs = AREA_LIST | TRACING)
{
	char buffer[LENGTH], first;
	struct child other;

	START_CHILD(other) {
		write_pattern(secret, LENGTH, 3);
		hand_over();
	}
	for (size_t i = 1; i < NAMES; i++) {
		int file = open_file_of(other.pid, names[i]);

		if (file < 0 && errno == ENOENT) {
			continue; /* a kernel without it */
		}
		assert_at_least(file, 0, "what opens a file of an own child");
		evidence(names[i], "%zd bytes",
			 read(file, &first, 1)); /* an environment may be empty */
		close(file);
	}

	int mem = open_file_of(other.pid, "mem");

	if (mem < 0 && errno == ENOENT) {
		undecided("needs /proc/PID/mem: a kernel that shows it");
	}
	memset(buffer, UNCHANGED, LENGTH);
	assert_equals(pread(mem, buffer, LENGTH, (off_t)(uintptr_t)secret), LENGTH, "bytes read");
	assert_pattern(buffer, LENGTH, 3, "what was read from the child");
	assert_accepted(ptrace(PTRACE_SEIZE, other.pid, NULL, NULL));
	assert_accepted(ptrace(PTRACE_INTERRUPT, other.pid, NULL, NULL));
	arrange(waitpid(other.pid, NULL, 0) == other.pid);
	assert_accepted(ptrace(PTRACE_DETACH, other.pid, NULL, NULL));
	end_child(&other);
}
