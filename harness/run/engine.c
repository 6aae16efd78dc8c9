/* SPDX-License-Identifier: MIT */
/*
 * The engine: one claim, one check test, four outcomes.
 *
 * check forks, guards the time and counts a failed assertion. It knows no "undecided" and
 * cannot tell a failed set-up from a failed claim; those travel as records through a
 * pipe, and the first record that decides is the outcome. What check has to say (an assertion of its
 * own, a signal, a time-out, an early exit) decides where no record does.
 */
#include "run/engine.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <check.h>

#include "arrange/children.h"
#include "arrange/guardian.h"
#include "instruments/damon.h"
#include "instruments/disks.h"
#include "instruments/disturbance.h"
#include "instruments/fault_counts.h"
#include "instruments/stopwatch.h"
#include "instruments/trap_door.h"
#include "run/needs.h"

#ifndef PR_SET_MEMORY_MERGE
#define PR_SET_MEMORY_MERGE 67 /* Linux 6.4 */
#endif

enum { USUAL_SECONDS = 20, ASK_PERSONALITY = 0xffffffff };

void (*engine_before_body)(void);
void (*engine_after_body)(void);
int engine_runner = -1;

static const struct claim *current;
static pid_t engine_process;
static bool watches_for_exit;

static bool spoilt;

bool engine_process_is_spoilt(void)
{
	return spoilt;
}

/* The harness's own calls take as much, and nobody can say what a claim's do. */
static void enlarge_a_small_stack(void)
{
	enum { LEAST = 64 * 1024 };
	struct rlimit limit;

	if (getrlimit(RLIMIT_STACK, &limit) != 0 || limit.rlim_cur >= LEAST) {
		return;
	}
	limit.rlim_cur = limit.rlim_max < LEAST ? limit.rlim_max : LEAST;
	setrlimit(RLIMIT_STACK, &limit);
	if (limit.rlim_cur < LEAST) {
		dprintf(STDERR_FILENO,
			"touchstone: undecided: needs a stack of 64 KiB: raise ulimit -s\n");
		_exit(EXIT_UNDECIDED);
	}
}

void engine_prepare_process(void)
{
	static const int reset[] = {SIGCHLD, SIGALRM, SIGSEGV, SIGBUS,
				    SIGILL,  SIGFPE,  SIGTRAP, SIGXFSZ};
	int ways = personality(ASK_PERSONALITY);
	struct rlimit limit;
	sigset_t none;

	for (int fd = 0; fd <= 2; fd++) {
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF) {
			(void)!open("/dev/null", O_RDWR);
		}
	}
	for (size_t i = 0; i < sizeof reset / sizeof *reset; i++) {
		signal(reset[i], SIG_DFL);
	}
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	/* Of a program that its user may execute but not read, the kernel shuts /proc/self to himself. */
	if (prctl(PR_GET_DUMPABLE) == 0) {
		prctl(PR_SET_DUMPABLE, 1);
	}
	if (getrlimit(RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
		limit.rlim_cur = limit.rlim_max;
		setrlimit(RLIMIT_FSIZE, &limit);
	}
	enlarge_a_small_stack();
	/* Page 0 of this process may be there for good, sealed (Linux 6.17); its programs shall have none. */
	if (ways != -1 && (ways & MMAP_PAGE_ZERO)) {
		personality((unsigned long)(ways & ~MMAP_PAGE_ZERO));
		spoilt = true;
	}
	/* A claim provokes faults; a core file of each would be something left behind. */
	if (getrlimit(RLIMIT_CORE, &limit) == 0) {
		limit.rlim_cur = 0;
		setrlimit(RLIMIT_CORE, &limit);
	}
	/* check is told nothing by the environment: a filter there could make it run nothing. */
	unsetenv("CK_RUN_CASE");
	unsetenv("CK_RUN_SUITE");
	unsetenv("CK_INCLUDE_TAGS");
	unsetenv("CK_EXCLUDE_TAGS");
	unsetenv("CK_FORK");
	unsetenv("CK_DEFAULT_TIMEOUT");
	unsetenv("CK_TIMEOUT_MULTIPLIER");
	unsetenv("CK_VERBOSITY");
	unsetenv("CK_LOG_FILE_NAME");
	unsetenv("CK_XML_LOG_FILE_NAME");
	unsetenv("CK_TAP_LOG_FILE_NAME");
	unsetenv("CK_MAX_MSG_SIZE");
}

/*
 * Claims that look at contents, signals and answers, or at what single areas and pages of their own have, need no
 * code mapped beforehand, which takes as long as all the rest of a small claim, and makes smaps longer to read.
 */
static bool is_measured(const struct claim *claim)
{
	static const unsigned long long bystanders = AREA_LIST | NO_EXECUTE | EXECUTABLE_MEMORY |
						     DISK_FILE | SPECIMENS | SYSV_MEMORY |
						     POSIX_MEMORY | PROTECTION_KEYS | MEMORY_DOORS |
						     ADVICE | TRACING | PAGE_STATES |
						     FRAME_IDENTITY | FRAME_NUMBERS | AREA_USAGE |
						     LOCKABLE_MEMORY | PAGE_SCAN | TWO_PROCESSORS;

	return (claim->needs & ~bystanders) != 0;
}

/* What the caller has had his programs inherit, and would change what a claim sees. */
static void leave_the_callers_ways(void)
{
	for (int number = 1; number < NSIG; number++) { /* refused for some */
		signal(number, SIG_DFL);
	}
	prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0);
	prctl(PR_SET_MEMORY_MERGE, 0, 0, 0, 0);
	umask(S_IWGRP | S_IWOTH); /* files are made with the mode that is asked */
}

static void tell_the_runner(void)
{
	const char *what = current->alone ? current->alone : "nothing";
	char line[80];
	size_t length = record_encode(line, sizeof line, RECORD_FREE, &what, 1);

	(void)!write(engine_runner, line, length);
}

/* The process that check forked: made ready, its needs probed, then the body. */
START_TEST(claim_under_test)
{
	children_die_with(engine_process);
	leave_the_callers_ways();
	outcome_note_limits();
	outcome_note_time(engine_seconds(current));
	if (current->needs & (SWAP | SWAP_AREA)) {
		outcome_note_swap();
	}
	guardian_when_undone = engine_runner >= 0 ? tell_the_runner : NULL;
	trap_door_open(outcome_of_unexpected_signal);
	if (!is_measured(current)) {
		fault_counts_are_not_wanted();
	}
	fault_counts_warm_up();

	const struct need_description *missing = needs_missing(current->needs);

	if (missing) {
		char reason[400];

		snprintf(reason, sizeof reason, "needs %s: %s", missing->wanted, missing->remedy);
		record_write(RECORD_UNDECIDED, reason, NULL);
		_exit(EXIT_UNDECIDED);
	}
	/* The instrument's own probe of what signals tell, before anything can be wrong. */
	trap_door_tells_codes();
	trap_door_tells_bytes();
	/* A probe that forked has made the stack copy-on-write again; some have the kernel forget all uses. */
	if (current->needs & (REFERENCED_BITS | SOFT_DIRTY)) {
		fault_counts_warm_up_again();
	} else {
		fault_counts_warm_up();
	}
	if (engine_before_body) {
		engine_before_body();
	}
	current->body();
	children_end_all();
	if (engine_after_body) {
		engine_after_body();
	}
	guardians_end();
	record_write(RECORD_END, NULL);
}
END_TEST

/*
 * libcheck leaves by exit(2) from deep inside when it cannot go on: never a verdict. It is an error, unless
 * a limit forbids what libcheck does for every test.
 */
static void when_check_gives_up(void)
{
	if (getpid() == engine_process) {
		const char *reason = outcome_what_keeps_check_from_its_work();

		if (reason && engine_runner >= 0) {
			record_open(engine_runner);
			record_write(RECORD_UNDECIDED, reason, NULL);
			record_write(RECORD_RESULT, outcome_name(UNDECIDED), "0", NULL);
			record_write(RECORD_END, NULL);
			_exit(EXIT_UNDECIDED);
		}
		if (reason) {
			dprintf(STDERR_FILENO, "touchstone: undecided: %s\n", reason);
			_exit(EXIT_UNDECIDED);
		}

		static const char message[] =
			"touchstone: error: libcheck gave up before the claim was decided\n";

		(void)!write(STDERR_FILENO, message, sizeof message - 1);
		_exit(EXIT_ERROR);
	}
}

static char *read_records(int fd, size_t *length)
{
	size_t room = 1 << 16;
	char *text = malloc(room);

	*length = 0;
	for (;;) {
		ssize_t got = text ? read(fd, text + *length, room - *length) : 0;

		if (got < 0 && errno == EINTR) {
			continue;
		}
		if (got <= 0) {
			return text;
		}
		*length += (size_t)got;
		if (*length == room) {
			char *more = realloc(text, room *= 2);

			if (!more) {
				return text;
			}
			text = more;
		}
	}
}

static bool is_access_signal(const char *message)
{
	static const int signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE};

	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
		char text[40];

		snprintf(text, sizeof text, "Received signal %d ", signals[i]);
		if (strstr(message, text)) {
			return true;
		}
	}
	return false;
}

static const char *killed_by_a_limit(const char *message)
{
	static const char received[] = "Received signal ";

	return strncmp(message, received, sizeof received - 1) == 0
		       ? outcome_why_killed(atoi(message + sizeof received - 1))
		       : NULL;
}

/*
 * It waits for a disk, and others may keep that from answering for longer than any time limit. Claims about memory
 * groups read and write files, too.
 */
static bool waits_for_a_disk(const struct claim *claim)
{
	return (claim->needs & (DISK_FILE | SWAP | SWAP_AREA | MEMORY_CGROUP)) != 0;
}

/* No record has decided: what does check say? */
static void take_checks_word(struct result *result, TestResult *test, bool reached_end)
{
	static char message[1000], file[300];

	if (test) {
		snprintf(message, sizeof message, "%s", tr_msg(test) ? tr_msg(test) : "");
		snprintf(file, sizeof file, "%s", tr_lfile(test) ? tr_lfile(test) : "");
		result->file = file;
		result->line = tr_lno(test);
	}
	if (test && tr_rtype(test) == CK_FAILURE) {
		result->outcome = BROKEN;
		result->expected = "the assertion holds";
		result->seen = message;
	} else if (test && is_access_signal(message)) {
		result->outcome = BROKEN;
		result->expected = "every access that the experiment makes goes through";
		result->seen = message;
	} else if (test && result->claim->needs & MEMORY_CGROUP &&
		   strstr(message, "Received signal 9 ")) {
		result->outcome = UNDECIDED;
		result->reason = outcome_killed_in_a_group;
	} else if (test && waits_for_a_disk(result->claim) &&
		   strstr(message, "Test timeout expired") && disks_were_busy()) {
		result->outcome = UNDECIDED;
		result->reason =
			"needs a disk that is quicker, or less busy: one was at work for most "
			"of the time that the claim may take";
	} else if (test && killed_by_a_limit(message)) {
		result->outcome = UNDECIDED;
		result->reason = killed_by_a_limit(message);
	} else if (test) {
		result->outcome = ERROR;
		result->reason = message;
	} else if (!reached_end) {
		result->outcome = ERROR;
		result->file = result->claim->file;
		result->line = result->claim->line;
		result->reason = "the body was left before its end";
	}
}

unsigned engine_seconds(const struct claim *claim)
{
	enum { MOST_PATIENCE = 100 };
	const char *patience = getenv("TOUCHSTONE_PATIENCE");
	long times = patience ? strtol(patience, NULL, 10) : 1;

	times = times < 1 ? 1 : times > MOST_PATIENCE ? MOST_PATIENCE : times;
	return (claim->seconds ? claim->seconds : USUAL_SECONDS) * (unsigned)times;
}

static SRunner *set_up_check(const struct claim *claim)
{
	Suite *suite = suite_create("touchstone");
	TCase *tcase = tcase_create(claim->name);

	tcase_set_timeout(tcase, engine_seconds(claim));
	tcase_add_test(tcase, claim_under_test);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);

	srunner_set_fork_status(runner, CK_FORK);
	return runner;
}

static void run_once(const struct claim *claim, struct result *result)
{
	int records[2];

	*result = (struct result){.claim = claim,
				  .outcome = ERROR,
				  .file = "",
				  .expected = "",
				  .seen = "",
				  .reason = "could not make a pipe",
				  .strength = ""};
	if (pipe2(records, O_CLOEXEC) != 0) {
		const char *limit = outcome_why_no_process(errno);

		result->outcome = limit ? UNDECIDED : ERROR;
		result->reason = limit ? limit : result->reason;
		return;
	}
	current = claim;
	engine_process = getpid();
	outcome_note_kills();
	if (waits_for_a_disk(claim)) {
		disks_note();
	}
	if (!watches_for_exit) {
		watches_for_exit = atexit(when_check_gives_up) == 0;
	}
	fflush(NULL);
	record_open(records[1]);

	uint64_t start = stopwatch_ns();
	SRunner *runner = set_up_check(claim);

	srunner_run_all(runner, CK_SILENT);
	record_open(-1);
	close(records[1]);

	/* A guardian or a stray child may still hold the pipe: take what is there, do not wait. */
	fcntl(records[0], F_SETFL, O_NONBLOCK);

	size_t length = 0;
	char *text = read_records(records[0], &length);

	close(records[0]);
	engine_process = 0;

	double milliseconds = (double)(stopwatch_ns() - start) / 1e6;
	TestResult **failures = srunner_failures(runner);
	TestResult *failure = srunner_ntests_failed(runner) ? failures[0] : NULL;
	bool reached_end = result_from_records(result, claim, text, length);

	result->milliseconds = milliseconds;
	if (result->outcome == HOLDS) {
		take_checks_word(result, failure, reached_end);
	}
	free(failures);
	srunner_free(runner);
}

/* DAMON's work has no counter. What is known of it is that it takes pages of files. */
static const char *what_disturbed(const struct claim *claim, const struct disturbances *before)
{
	const char *happened = disturbance_since(before);

	if (!happened && claim->needs & DISK_FILE && damon_is_at_work()) {
		happened = "DAMON is at work";
	}
	return happened;
}

/*
 * What was broken because somebody had his hands on the claim's pages, one in many runs, holds when it is run again, and
 * nothing is said of it then. What the machine does wrong is broken each time, and so when nobody disturbs.
 */
void engine_run(const struct claim *claim, struct result *result)
{
	enum { MORE_RUNS = 3 };
	static struct disturbances
		before; /* since this process began: to read them takes as long as a small claim */
	static bool known;
	const char *happened;

	if (!known) {
		before = disturbances_so_far();
		known = true;
	}
	run_once(claim, result);
	for (int more = 0; more < MORE_RUNS && result->outcome == BROKEN &&
			   (happened = what_disturbed(claim, &before));
	     more++) {
		struct result again;

		before = disturbances_so_far();
		run_once(claim, &again);
		if (again.outcome == HOLDS) {
			result->outcome = UNDECIDED;
			result_set_reason(
				result,
				"needs pages that nobody moves or takes: %s; the claim was "
				"broken meanwhile, and held when run again",
				happened);
		}
		result_free(&again);
	}
}
