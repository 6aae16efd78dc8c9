/* SPDX-License-Identifier: MIT */
/* The runner: fresh processes, side by side, and what they tell. */
#include "run/runner.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/wait.h>
#include <unistd.h>

#include <touchstone/needs.h>

#include "arrange/children.h"
#include "instruments/stopwatch.h"
#include "run/engine.h"
#include "run/needs.h"
#include "run/registry.h"

/* check guards a claim's time; this much later something is wrong with its process itself. */
enum { GRACE_SECONDS = 15, MOST_JOBS = 64 };

/* Beyond the jobs there is one claim that waits more than it works, and some that only come to their end. */
enum { LINGERING = 3, MOST_SLOTS = MOST_JOBS + 1 + LINGERING };

/* So many claims share a program's start, one forked after the other. */
enum { MOST_TOGETHER = 12 };

struct slot {
	pid_t pid; /* 0: free */
	int fd;
	size_t first;      /* of its claims, */
	size_t index;      /* the one that it runs now, */
	size_t end;        /* and one past the last */
	uint64_t deadline; /* of the one that it runs, in nanoseconds of the stopwatch */
	bool overdue;
	bool cut;    /* there was no memory for what it said */
	bool undone; /* what the claim changed is free: no more than its end is awaited */
	char *text;  /* its room serves one claim after the other */
	size_t length, room;
};

/* A run: what runner_run was asked for, and how far it has come. */
struct run {
	const struct claim *const *claims;
	size_t count;
	int jobs;
	const char *world;
	struct result *results;
	void (*finished)(size_t index, void *context);
	void *context;
	bool *started; /* of each claim */
	size_t begun;  /* how many were started */
	size_t first;  /* all before this one were */
	struct slot slots[MOST_SLOTS];
	int slot_count;
};

__attribute__((noinline)) static const char *own_program(void)
{
	if (access("/proc/self/exe", X_OK) == 0) {
		return "/proc/self/exe";
	}

	const char *path = (const char *)getauxval(AT_EXECFN);

	return path ? path : "";
}

/* In the child of a vfork: nothing but system calls. */
static void become_claim(char *const arguments[], const char *program, pid_t runner, int fd)
{
	int null = open("/dev/null", O_RDWR);

	children_die_with(runner);
	dup2(null, STDIN_FILENO);
	dup2(null, STDOUT_FILENO);
	dup2(fd, STDERR_FILENO); /* what libcheck complains about becomes part of the report */
	fcntl(fd, F_SETFD, 0);
	execv(program, arguments);
	_exit(EXIT_ERROR);
}

/* By vfork: the runner comes to hold all that was seen, and none of it is needed in the new process. */
static pid_t start_process(const struct claim *const *claims, size_t count, const char *world,
			   int fd)
{
	static char touchstone[] = "touchstone";
	char names[MOST_TOGETHER][NAME_LENGTH], places[MOST_TOGETHER][24];
	char option[40], world_option[NAME_LENGTH], kills_option[40];
	char *arguments[4 + 2 * MOST_TOGETHER + 1] = {touchstone, option, world_option,
						      kills_option};
	const char *program = own_program();
	pid_t me = getpid(), pid;

	snprintf(option, sizeof option, RUNNER_REPORT_OPTION "%d", fd);
	snprintf(world_option, sizeof world_option, RUNNER_WORLD_OPTION "%s", world ? world : "");
	snprintf(kills_option, sizeof kills_option, RUNNER_KILLS_OPTION "%lld",
		 outcome_group_kills());
	for (size_t i = 0; i < count; i++) {
		registry_full_name(claims[i], names[i]);
		snprintf(places[i], sizeof places[i], "%zu", registry_place(claims[i]));
		arguments[4 + 2 * i] = names[i];
		arguments[4 + 2 * i + 1] = places[i];
	}
	pid = vfork();
	if (pid == 0) {
		/* NOLINTNEXTLINE(clang-analyzer-unix.Vfork): nothing but system calls in it */
		become_claim(arguments, program, me, fd);
	}
	return pid;
}

/* A claim of the slot begins: its time, and what it will say. */
static void begin_claim(struct slot *slot, const struct claim *claim)
{
	unsigned seconds = engine_seconds(claim) + GRACE_SECONDS;

	slot->deadline = stopwatch_ns() + seconds * UINT64_C(1000000000);
	slot->overdue = slot->undone = slot->cut = false;
}

static void check_off(struct run *run, size_t index, size_t end)
{
	for (size_t i = index; i < end; i++) {
		run->started[i] = true;
		run->begun++;
	}
}

/* They are to be started anew. */
static void take_back(struct run *run, size_t index, size_t end)
{
	for (size_t i = index; i < end; i++) {
		run->started[i] = false;
		run->begun--;
		run->first = i < run->first ? i : run->first;
	}
}

static bool start(struct run *run, struct slot *slot, size_t index, size_t end)
{
	int report[2];

	if (pipe2(report, O_CLOEXEC) != 0) {
		return false;
	}
	/* Above the standard descriptors, whatever the caller had closed. */
	slot->pid = start_process(run->claims + index, end - index, run->world, report[1]);
	close(report[1]);
	if (slot->pid < 0) {
		int error = errno;

		slot->pid = 0;
		close(report[0]);
		errno = error;
		return false;
	}
	slot->fd = report[0];
	slot->first = slot->index = index;
	slot->end = end;
	slot->length = 0;
	begin_claim(slot, run->claims[index]);
	check_off(run, index, end);
	return true;
}

/* Where a line that begins with this word ends in what was said, looked for from a place on; 0: there is none yet. */
static size_t end_of_line(const struct slot *slot, size_t from, const char *word)
{
	size_t length = strlen(word);

	while (from < slot->length) {
		const char *line = slot->text + from,
			   *newline = memchr(line, '\n', slot->length - from);

		if (!newline) {
			break;
		}
		from = (size_t)(newline + 1 - slot->text);
		if (strncmp(line, word, length) == 0) {
			return from;
		}
	}
	return 0;
}

/* Reads what has come; false at the end of the report. */
static bool take_report(struct slot *slot)
{
	if (slot->room - slot->length < 4000) {
		char *more = realloc(slot->text, slot->room + 64000);

		if (!more) {
			slot->cut = true;
			return false;
		}
		slot->text = more;
		slot->room += 64000;
	}

	ssize_t got = read(slot->fd, slot->text + slot->length, slot->room - slot->length);

	if (got > 0) {
		slot->length += (size_t)got;
		slot->undone = slot->index + 1 == slot->end && end_of_line(slot, 0, "free\t") > 0;
	}
	return got > 0 || (got < 0 && (errno == EINTR || errno == EAGAIN));
}

/* What the process wrote without it being a record is the only hint at why it died. */
static const char *first_plain_line(const struct slot *slot, char *buffer, size_t size)
{
	size_t length = 0;

	while (length < slot->length && length + 1 < size && slot->text[length] != '\n') {
		buffer[length] = slot->text[length];
		length++;
	}
	buffer[length] = 0;
	return strchr(buffer, '\t') ? "" : buffer;
}

/* The process has ended before the claim was decided: with this status. */
static void tell_how_it_ended(struct result *result, const struct slot *slot, int status)
{
	const char *limit = WIFSIGNALED(status) ? outcome_why_killed(WTERMSIG(status)) : NULL;
	char hint[200];

	first_plain_line(slot, hint, sizeof hint);
	result->outcome = ERROR;
	result->file = result->claim->file;
	result->line = result->claim->line;
	if (slot->overdue) {
		result->reason = "its process did not end in time, and was killed";
	} else if (limit) {
		result->outcome = UNDECIDED;
		result->reason = limit;
	} else if (WIFSIGNALED(status)) {
		result_set_reason(result, "its process was killed by signal %d (%s)",
				  WTERMSIG(status), strsignal(WTERMSIG(status)));
	} else {
		result_set_reason(result, "its process ended with status %d and told nothing%s%s",
				  WEXITSTATUS(status), *hint ? ": " : "", hint);
	}
}

/* What was said is kept to the end of the run; address space may be short, so only that. */
static bool keep_what_was_said(struct run *run, const struct slot *slot, size_t length)
{
	const struct claim *claim = run->claims[slot->index];
	struct result *result = &run->results[slot->index];
	char *said = malloc(length + 1);

	if (said && length) {
		memcpy(said, slot->text, length);
	}

	bool complete = result_from_records(result, claim, said, said ? length : 0);

	if (slot->cut || !said || !result->details) {
		const char *limit = outcome_why_no_memory();

		result->outcome = limit ? UNDECIDED : ERROR;
		result->reason = limit ? limit : "no memory for what it said";
		return true;
	}
	return complete;
}

/*
 * Nothing comes any more. Claims that the process has not got to are started anew; so is one of which nobody knows
 * whether it had begun, for it comes first then.
 */
static void finish(struct run *run, struct slot *slot)
{
	struct result *result = &run->results[slot->index];
	size_t index = slot->index;
	int status = 0;

	close(slot->fd); /* whoever still writes is not read any more */
	while (waitpid(slot->pid, &status, 0) < 0 && errno == EINTR) {
	}
	slot->pid = 0;
	if (index > slot->first && slot->length == 0 && !slot->overdue) {
		take_back(run, index, slot->end);
		return;
	}
	take_back(run, index + 1, slot->end);
	if (!keep_what_was_said(run, slot, slot->length) && result->outcome == HOLDS) {
		tell_how_it_ended(result, slot, status);
	}
	run->finished(index, run->context);
}

/* The length of a claim's whole report at the beginning of what was said, 0 where it is not there yet. */
static size_t whole_report(const struct slot *slot)
{
	size_t result = end_of_line(slot, 0, "result\t");

	return result ? end_of_line(slot, result, "end\n") : 0;
}

/* Of several claims in one process each is through as soon as its report is whole. */
static void take_whole_reports(struct run *run, struct slot *slot)
{
	for (size_t length; slot->index + 1 < slot->end && (length = whole_report(slot)) > 0;) {
		keep_what_was_said(run, slot, length);
		slot->length -= length;
		memmove(slot->text, slot->text + length, slot->length);
		run->finished(slot->index, run->context);
		slot->index++;
		begin_claim(slot, run->claims[slot->index]);
	}
}

static int milliseconds_left(const struct run *run)
{
	uint64_t now = stopwatch_ns(), nearest = now + UINT64_C(3600000000000);

	for (int i = 0; i < run->slot_count; i++) {
		if (run->slots[i].pid && run->slots[i].deadline < nearest) {
			nearest = run->slots[i].deadline;
		}
	}
	return nearest > now ? (int)((nearest - now) / 1000000) + 1 : 0;
}

/* Waits until at least one slot has something to tell, and takes it. */
static void attend(struct run *run)
{
	struct pollfd polled[MOST_SLOTS];
	struct slot *asked[MOST_SLOTS];
	nfds_t count = 0;

	/* No more of them than there are: poll(2) refuses more than ulimit -n. */
	for (int i = 0; i < run->slot_count; i++) {
		if (run->slots[i].pid) {
			asked[count] = &run->slots[i];
			polled[count++] = (struct pollfd){.fd = run->slots[i].fd, .events = POLLIN};
		}
	}
	if (poll(polled, count, milliseconds_left(run)) < 0) {
		return;
	}
	for (nfds_t i = 0; i < count; i++) {
		struct slot *slot = asked[i];

		if (!polled[i].revents && stopwatch_ns() > slot->deadline) {
			slot->overdue = true;
			slot->deadline = UINT64_MAX;
			kill(slot->pid, SIGKILL);
			finish(run, slot);
		} else if (polled[i].revents && !take_report(slot)) {
			finish(run, slot);
		} else {
			take_whole_reports(run, slot);
		}
	}
}

static struct slot *free_slot(struct run *run)
{
	for (int i = 0; i < run->slot_count; i++) {
		if (!run->slots[i].pid) {
			return &run->slots[i];
		}
	}
	return NULL;
}

static int running(const struct run *run)
{
	int busy = 0;

	for (int i = 0; i < run->slot_count; i++) {
		busy += run->slots[i].pid != 0;
	}
	return busy;
}

/* Not only waiting for its end. */
static bool is_active(const struct slot *slot)
{
	return slot->pid && !slot->undone;
}

static int active(const struct run *run)
{
	int busy = 0;

	for (int i = 0; i < run->slot_count; i++) {
		busy += is_active(&run->slots[i]);
	}
	return busy;
}

/* How many claims are running that change what is named, and how many that wait more than they work. */
static int changing(const struct run *run, const char *thing)
{
	int busy = 0;

	for (int i = 0; i < run->slot_count; i++) {
		const struct slot *slot = &run->slots[i];
		const char *theirs = is_active(slot) ? run->claims[slot->index]->alone : NULL;

		busy += theirs && strcmp(theirs, thing) == 0;
	}
	return busy;
}

/* For the kernel, while it changes something of the machine, or for a disk. */
static bool waits(const struct claim *claim)
{
	return claim->alone || claim->needs & DISK_FILE;
}

static int waiting(const struct run *run)
{
	int busy = 0;

	for (int i = 0; i < run->slot_count; i++) {
		busy += is_active(&run->slots[i]) && waits(run->claims[run->slots[i].index]);
	}
	return busy;
}

/* Nobody else may run beside it: their turn comes when all others are through. */
static bool wants_the_machine(const struct claim *claim)
{
	return claim->alone && strcmp(claim->alone, THE_MACHINE) == 0;
}

/*
 * The next claim that may start now; count when there is none. Those that change the machine go first, one
 * after the other for each thing that they change, beside all the rest: the run is as long as they are
 * together. They wait for the kernel more than they work, and those that read from a disk wait for that, so one of
 * them has a slot beyond the jobs.
 */
static size_t next_startable(struct run *run)
{
	int jobs = run->jobs, extra = jobs > 1 ? 1 : 0, busy = active(run);
	int waiters = waiting(run);
	bool room_for_usual = busy - (waiters < extra ? waiters : extra) < jobs;
	bool room_for_changers = waiters < jobs && (room_for_usual || waiters < extra);
	bool room_for_waiters = waiters < extra;
	size_t count = run->count, usual = count, waiter = count, last = count;
	bool others_wait = false;

	if (busy && changing(run, THE_MACHINE)) {
		return count;
	}
	while (run->first < count && run->started[run->first]) {
		run->first++;
	}
	for (size_t i = run->first; i < count; i++) {
		const struct claim *claim = run->claims[i];

		if (run->started[i]) {
			continue;
		}
		if (wants_the_machine(claim)) {
			last = last == count ? i : last;
			continue;
		}
		others_wait = true;
		if (!claim->alone) {
			usual = usual == count ? i : usual;
			waiter = waiter == count && waits(claim) ? i : waiter;
		} else if (room_for_changers && !changing(run, claim->alone)) {
			return i;
		}
	}
	if (waiter < count && room_for_waiters) {
		return waiter;
	}
	if (usual < count && room_for_usual) {
		return usual;
	}
	return !others_wait && !running(run) ? last : count;
}

/*
 * It may share a program's start with others: it compares no times, changes nothing of the machine, and does not look
 * at what the libc has made of the program's own heap.
 */
static bool is_sociable(const struct claim *claim)
{
	return !claim->alone && needs_are_fast(claim->needs) &&
	       !(claim->needs & (GNU_MALLOC | LIBC_MALLOC));
}

/*
 * One past the last of the claims that one process is to run, index being the first: neighbours.
 * The fewer are left, the fewer go together, so that all jobs come to their end at about the same time.
 */
static size_t end_of_company(const struct run *run, size_t index)
{
	size_t share = (run->count - run->begun) / (4 * (size_t)run->jobs), end = index + 1;

	if (!is_sociable(run->claims[index])) {
		return end;
	}
	share = share < MOST_TOGETHER ? share : MOST_TOGETHER;
	while (end < run->count && end - index < share && !run->started[end] &&
	       is_sociable(run->claims[end])) {
		end++;
	}
	return end;
}

/* Nobody runs whose end could make room for one more process. */
static void give_up(struct run *run, size_t index, int error)
{
	const char *limit = outcome_why_no_process(error);
	struct result *result = &run->results[index];

	*result = (struct result){.claim = run->claims[index],
				  .outcome = limit ? UNDECIDED : ERROR,
				  .file = "",
				  .expected = "",
				  .seen = "",
				  .strength = "",
				  .reason = limit};
	if (!limit) {
		result_set_reason(result, "could not start a process: %s", strerror(error));
	}
	check_off(run, index, index + 1);
	run->finished(index, run->context);
}

void runner_run(const struct claim *const *claims, size_t count, int jobs, const char *world,
		struct result *results, void (*finished)(size_t index, void *context),
		void *context)
{
	struct run run = {.claims = claims,
			  .count = count,
			  .jobs = jobs > MOST_JOBS ? MOST_JOBS : jobs,
			  .world = world,
			  .results = results,
			  .finished = finished,
			  .context = context,
			  .started = calloc(count + 1, sizeof *run.started)};

	run.slot_count = run.jobs + 1 + LINGERING;
	outcome_note_kills();
	while (run.started && (run.begun < count || running(&run))) {
		struct slot *slot = free_slot(&run);
		size_t next = slot ? next_startable(&run) : count;

		if (next < count && start(&run, slot, next, end_of_company(&run, next))) {
			continue;
		}
		if (next < count && !running(&run)) {
			give_up(&run, next, errno);
			continue;
		}
		attend(&run);
	}
	free(run.started);
	for (int i = 0; i < run.slot_count; i++) {
		free(run.slots[i].text);
	}
}

int runner_usual_jobs(void)
{
	cpu_set_t allowed;
	int jobs = sched_getaffinity(0, sizeof allowed, &allowed) == 0 ? CPU_COUNT(&allowed) : 1;

	return jobs < 1 ? 1 : jobs > MOST_JOBS ? MOST_JOBS : jobs;
}

int runner_run_one(const struct claim *claim, int fd)
{
	struct result result;
	char line[16], milliseconds[32];

	fcntl(fd, F_SETFD, FD_CLOEXEC);
	engine_runner = fd;
	engine_run(claim, &result);
	record_open(fd);
	for (size_t i = 0; i < result.detail_count; i++) {
		const struct record *detail = &result.details[i];

		record_write(detail->kind, detail->field[0], detail->field[1], NULL);
	}
	if (*result.strength) {
		record_write(RECORD_STRENGTH, result.strength, NULL);
	}
	snprintf(line, sizeof line, "%d", result.line);
	snprintf(milliseconds, sizeof milliseconds, "%.3f", result.milliseconds);
	if (result.outcome == BROKEN) {
		record_write(RECORD_BROKEN, result.file, line, result.expected, result.seen, NULL);
	} else if (result.outcome == UNDECIDED) {
		record_write(RECORD_UNDECIDED, result.reason, NULL);
	} else if (result.outcome == ERROR) {
		record_write(RECORD_ERROR, result.file, line, result.reason, NULL);
	}
	record_write(RECORD_RESULT, outcome_name(result.outcome), milliseconds, NULL);
	record_write(RECORD_END, NULL);
	result_free(&result);
	return outcome_exit_status(result.outcome);
}
