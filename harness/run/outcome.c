/* SPDX-License-Identifier: MIT */
/* How a claim ends: the words of touchstone/outcome.h. */
#include "run/outcome.h"

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/sysinfo.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <check.h>

#include <touchstone/machine.h>
#include <touchstone/outcome.h>

#include "arrange/guardian.h"
#include "instruments/memory_home.h"
#include "instruments/stopwatch.h"
#include "instruments/trap_door.h"
#include "instruments/vmstat.h"
#include "run/record.h"

static const struct {
	const char *name;
	int exit_status;
} outcomes[OUTCOMES] = {
	[HOLDS] = {"holds", EXIT_HOLDS},
	[BROKEN] = {"broken", EXIT_BROKEN},
	[UNDECIDED] = {"undecided", EXIT_UNDECIDED},
	[ERROR] = {"error", EXIT_ERROR},
};

const char *outcome_name(enum outcome outcome)
{
	return outcomes[outcome].name;
}

int outcome_exit_status(enum outcome outcome)
{
	return outcomes[outcome].exit_status;
}

#define FORMAT(buffer, format)                                                                     \
	do {                                                                                       \
		va_list arguments_;                                                                \
		va_start(arguments_, format);                                                      \
		vsnprintf(buffer, sizeof(buffer), format, arguments_);                             \
		va_end(arguments_);                                                                \
	} while (0)

/* The machine is put back before the claim ends; in a child this does nothing. */
static void __attribute__((noreturn)) leave(int status)
{
	(void)guardian_end();
	_exit(status);
}

void undecided(const char *reason, ...)
{
	char text[800];

	FORMAT(text, reason);
	record_write(RECORD_UNDECIDED, text, NULL);
	leave(EXIT_UNDECIDED);
}

void evidence(const char *name, const char *value, ...)
{
	char text[800];
	int saved = errno;

	FORMAT(text, value);
	record_write(RECORD_EVIDENCE, name, text, NULL);
	errno = saved;
}

static void record_at(enum record_kind kind, struct place place, const char *first,
		      const char *second)
{
	char line[16];

	snprintf(line, sizeof line, "%d", place.line);
	record_write(kind, place.file, line, first, second, NULL);
}

static bool looks_at_swap;
static long long swapped_before;

/* Pages that have gone to swap, of whomever, also where zswap keeps them. */
static long long swapped_out(void)
{
	long long written = vmstat_count("pswpout"), kept = vmstat_count("zswpout");

	return (written > 0 ? written : 0) + (kept > 0 ? kept : 0);
}

void outcome_note_swap(void)
{
	looks_at_swap = true;
	swapped_before = swapped_out();
}

/* While this process does nothing pages go to swap all the same, and fill the area that it looks at. */
static bool others_swap(void)
{
	enum { LOOKS = 10 };
	const struct timespec pause = {.tv_nsec = 10 * 1000 * 1000};
	long long now;
	bool grows = false;

	if (!looks_at_swap || (now = swapped_out()) == swapped_before) {
		return false;
	}
	for (int look = 0; look < LOOKS && !grows; look++) {
		nanosleep(&pause, NULL);
		grows = swapped_out() > now;
	}
	return grows;
}

void broken(struct place place, const char *expected, const char *seen, ...)
{
	char text[1600];

	FORMAT(text, seen);
	if (others_swap()) {
		undecided("needs a machine that does not swap by itself: pages of others went to "
			  "swap just now");
	}
	record_at(RECORD_BROKEN, place, expected, text);
	(void)guardian_end();
	/* check hears of it too; in a child this writes to the same message file. */
	_ck_assert_failed(place.file, place.line, expected, "%s", text);
	_exit(EXIT_BROKEN);
}

static uint64_t half_time; /* nanoseconds of the stopwatch; 0: no limit */

void outcome_note_time(unsigned seconds)
{
	half_time = stopwatch_ns() + seconds * UINT64_C(1000000000) / 2;
}

bool time_is_left(void)
{
	return half_time == 0 || stopwatch_ns() < half_time;
}

static bool is_limited(int resource)
{
	struct rlimit limit;

	return getrlimit(resource, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY;
}

static bool commit_is_strict(void)
{
	return setting_letter("/proc/sys/vm/overcommit_memory") == '2';
}

static const char more_processes[] =
	"needs more processes, threads or locked memory: raise ulimit -u "
	"and -l";
static const char more_memory[] = "needs more memory: this machine has less than 512 MiB";
static const char more_group_memory[] =
	"needs more memory: raise the limit of this memory cgroup, in "
	"which the kernel has killed for want of it";
static const char more_addresses[] = "needs more address space: raise ulimit -v and -d, or allow "
				     "overcommit";
static const char more_files[] = "needs more open files: raise ulimit -n";
static const char larger_files[] = "needs larger files: raise ulimit -f";
static const char more_calls[] = "needs a system call that is missing here (ENOSYS): a kernel with "
				 "all of them, and a sandbox that lets them through";

const char *outcome_what_keeps_check_from_its_work(void)
{
	struct sigevent nothing = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGALRM};
	int complaint = errno; /* others may have ended since: then what was refused works now */
	timer_t timer;
	pid_t pid = fork();

	if (pid == 0) {
		_exit(0);
	}
	if (pid < 0) {
		return outcome_why_no_process(errno);
	}
	waitpid(pid, NULL, 0);
	if (timer_create(CLOCK_REALTIME, &nothing, &timer) != 0) {
		return errno == EAGAIN && is_limited(RLIMIT_SIGPENDING)
			       ? "needs a timer: raise ulimit -i"
			       : NULL;
	}
	timer_delete(timer);
	const char *reason = outcome_why_no_process(complaint);

	return reason ? reason : is_limited(RLIMIT_FSIZE) ? larger_files : NULL;
}

static bool memory_is_small(void)
{
	static const unsigned long long small = 512ULL << 20;
	struct sysinfo machine;

	return sysinfo(&machine) == 0 &&
	       (unsigned long long)machine.totalram * machine.mem_unit < small;
}

/* How often the kernel has killed for want of memory since it runs; -1 where it does not tell. */
static long long kills_for_memory(void)
{
	return vmstat_count("oom_kill");
}

static long long kills_before = -1;

/* The same in our own memory cgroup: of one that is limited, or of a larger one that the machine is too small for. */
enum { NOT_NOTED = -2 };
static long long group_kills_before = NOT_NOTED;

void outcome_note_kills(void)
{
	kills_before = memory_is_small() ? kills_for_memory() : -1;
	if (group_kills_before == NOT_NOTED) {
		group_kills_before = memory_home_kills();
	}
}

long long outcome_group_kills(void)
{
	return group_kills_before;
}

void outcome_count_group_kills_from(long long before)
{
	group_kills_before = before;
}

const char *outcome_why_killed(int signal)
{
	/* Where nothing is promised beyond what there is, a stack that grows may be refused a page. */
	if (signal == SIGSEGV && commit_is_strict()) {
		return more_addresses;
	}
	if (signal == SIGKILL && kills_before >= 0 && kills_for_memory() > kills_before) {
		return more_memory;
	}
	if (signal == SIGKILL && group_kills_before >= 0 &&
	    memory_home_kills() > group_kills_before) {
		return more_group_memory;
	}
	return signal == SIGXFSZ && is_limited(RLIMIT_FSIZE) ? larger_files : NULL;
}

const char *outcome_why_no_process(int error)
{
	return error == EMFILE || error == ENFILE            ? more_files
	       : error == EAGAIN && is_limited(RLIMIT_NPROC) ? more_processes
	       : error == ENOMEM && commit_is_strict()       ? more_addresses
							     : NULL;
}

const char *outcome_why_no_memory(void)
{
	return is_limited(RLIMIT_AS) || is_limited(RLIMIT_DATA) || commit_is_strict()
		       ? more_addresses
	       : memory_is_small() ? more_memory
				   : NULL;
}

void outcome_if_short_of(int error)
{
	const char *reason;

	switch (error) {
	case EMFILE:
	case ENFILE:
		undecided("%s", more_files);
	case EAGAIN:
		if (is_limited(RLIMIT_NPROC)) {
			undecided("%s", more_processes);
		}
		break;
	case ENOMEM:
		reason = outcome_why_no_memory();
		if (reason) {
			undecided("%s", reason);
		}
		break;
	case EPIPE: /* whoever helps the claim had to end */
		if (commit_is_strict()) {
			undecided("%s", more_addresses);
		}
		break;
	case EFBIG:
		undecided("%s", larger_files);
	case ENOSYS:
		undecided("%s", more_calls);
	case ENOSPC:
		undecided("needs more room for a file: point TOUCHSTONE_TMPDIR at a folder that "
			  "has it");
	default:
		break;
	}
}

static bool few_files, little_memory;

void outcome_note_limits(void)
{
	enum { ENOUGH_FILES = 64 };
	struct rlimit files;

	few_files = getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < ENOUGH_FILES;
	little_memory = is_limited(RLIMIT_AS) || is_limited(RLIMIT_DATA) || commit_is_strict();
}

void outcome_if_short_from_the_start(int error)
{
	if ((error == EMFILE && few_files) || (error == ENOMEM && little_memory) ||
	    error == ENOSYS) {
		outcome_if_short_of(error);
	}
}

const char outcome_killed_in_a_group[] = "needs a kernel that finds memory in time: in a memory "
					 "cgroup of the claim's own a process was "
					 "killed (SIGKILL), where pages could have been swapped";

static bool in_a_group;

void outcome_note_memory_group(void)
{
	in_a_group = true;
}

void outcome_if_killed_by_a_limit(int signal)
{
	const char *reason = signal == SIGSEGV ? NULL : outcome_why_killed(signal);

	if (reason) {
		undecided("%s", reason);
	}
}

void outcome_if_killed_in_a_group(int signal)
{
	if (in_a_group && signal == SIGKILL) {
		undecided("%s", outcome_killed_in_a_group);
	}
}

void touchstone_not_arranged(struct place place, const char *condition)
{
	char text[800];
	int error = errno;

	outcome_if_short_of(error);
	snprintf(text, sizeof text, "could not arrange: %s (%s)", condition,
		 error ? strerror(error) : "errno is not set");
	record_at(RECORD_ERROR, place, text, "");
	leave(EXIT_ERROR);
}

void outcome_error(const char *what, ...)
{
	char text[800];

	FORMAT(text, what);
	record_write(RECORD_ERROR, "", "0", text, NULL);
	leave(EXIT_ERROR);
}

void outcome_of_unexpected_signal(int signal, const siginfo_t *info)
{
	char seen[200];

	snprintf(seen, sizeof seen, "%s (%s) at address %p", trap_signal_name(signal),
		 trap_code_name(signal, info->si_code), info->si_addr);
	record_at(RECORD_BROKEN, (struct place){"", 0},
		  "every access that the experiment makes without expecting a trap goes through",
		  seen);
	_exit(EXIT_BROKEN);
}
