/* SPDX-License-Identifier: MIT */
/* One run: options, the choice of claims, the runner, a report, an exit status. */
#include "run/session.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "arrange/allowed.h"
#include "instruments/stopwatch.h"
#include "run/engine.h"
#include "run/needs.h"
#include "run/registry.h"
#include "run/report.h"
#include "run/runner.h"
#include "run/whole_file.h"

bool (*session_choose_world)(const char *name);

#define WORLDS_PROGRAM "touchstone-worlds"

struct session {
	struct report report;
	const struct report_format *format;
	struct result *results;
	bool *finished;
	size_t finished_count;
	bool progress;
};

static void usage(FILE *out, const char *name)
{
	fprintf(out,
		"Usage: %s [OPTION]... [PATTERN]...\n"
		"Run the claims that a PATTERN chooses, or all. A pattern is a part of a name\n"
		"(chapter.experiment.claim), a claim's id (cow-03), or a glob over either.\n\n"
		"  -f, --format=FORMAT  text (the usual one), ktap or json\n"
		"  -o, --output=FILE    write the report there instead of to standard output\n"
		"  -j, --jobs=N         run up to N claims side by side (usually: one a "
		"processor,\n"
		"                       with --fast one more)\n"
		"      --fast           leave out the claims that swap, limit memory or compare "
		"times\n"
		"  -v, --verbose        text: show everything that was seen\n"
		"  -w, --world=NAME     run in a deliberately wrong world (touchstone worlds)\n"
		"  -a, --allow=LIST     let claims change, while they run, what they otherwise "
		"leave\n"
		"                       alone, as root: swap (areas of their own), overcommit (its "
		"mode).\n"
		"                       TOUCHSTONE_ALLOW=LIST in the environment does the same\n"
		"  -h, --help           show this, and exit\n"
		"      --version        show the version, and exit\n\n"
		"Exit status: 0 nothing is broken, 1 a claim is broken, 99 a claim could not be\n"
		"arranged, 77 nothing could be decided, 2 bad usage or a report that could not be "
		"written.\n",
		name);
}

int session_complain(const char *name, const char *what, const char *about)
{
	fprintf(stderr, "%s: %s%s%s\n", name, what, about ? ": " : "", about ? about : "");
	return EXIT_USAGE;
}

/* -1: all the words are known. */
static int check_allowed(const char *name, const char *words)
{
	const char *unknown = allowed_unknown_word(words);

	return unknown ? session_complain(name,
					  "nothing of this name can be allowed (swap, overcommit)",
					  unknown)
		       : -1;
}

static int jobs_from(const char *text)
{
	char *end;
	long jobs;

	errno = 0;
	jobs = strtol(text, &end, 10);
	return errno || *end || end == text || jobs < 1 || jobs > 64 ? -1 : (int)jobs;
}

int session_read_options(int argc, char **argv, struct options *options)
{
	static const struct option known[] = {
		{"format", required_argument, NULL, 'f'}, {"output", required_argument, NULL, 'o'},
		{"jobs", required_argument, NULL, 'j'},   {"fast", no_argument, NULL, 'F'},
		{"verbose", no_argument, NULL, 'v'},      {"world", required_argument, NULL, 'w'},
		{"allow", required_argument, NULL, 'a'},  {"help", no_argument, NULL, 'h'},
		{"version", no_argument, NULL, 'V'},      {NULL, 0, NULL, 0},
	};
	int letter;

	*options = (struct options){.format = &report_text};
	optind = 0; /* from the beginning, whatever was read before */
	while ((letter = getopt_long(argc, argv, "f:o:j:vw:a:h", known, NULL)) != -1) {
		switch (letter) {
		case 'f':
			options->format = report_format_named(optarg);
			if (!options->format) {
				return session_complain(
					argv[0], "no such format (text, ktap, json)", optarg);
			}
			break;
		case 'o':
			options->output = optarg;
			break;
		case 'j':
			options->jobs = jobs_from(optarg);
			if (options->jobs < 0) {
				return session_complain(
					argv[0], "not a number of jobs from 1 to 64", optarg);
			}
			break;
		case 'F':
			options->fast = true;
			break;
		case 'v':
			options->verbose = true;
			break;
		case 'w':
			options->world = optarg;
			break;
		case 'a':
			options->allowed = optarg;
			if (check_allowed(argv[0], optarg) >= 0) {
				return EXIT_USAGE;
			}
			if (!allow(optarg)) {
				return session_complain(argv[0], "out of memory", NULL);
			}
			break;
		case 'h':
			usage(stdout, argv[0]);
			return fflush(stdout) == 0 ? EXIT_HOLDS : EXIT_USAGE;
		case 'V':
			printf("touchstone %s\n", TOUCHSTONE_VERSION);
			return fflush(stdout) == 0 ? EXIT_HOLDS : EXIT_USAGE;
		default:
			fprintf(stderr, "Try '%s --help'.\n", argv[0]);
			return EXIT_USAGE;
		}
	}
	if (options->jobs == 0) {
		/* Nothing of the fast part compares times: one more fills the gaps of the others. */
		options->jobs = runner_usual_jobs() + options->fast;
	}
	return -1;
}

static bool wants_colour(int fd)
{
	const char *no_colour = getenv("NO_COLOR"), *terminal = getenv("TERM");

	return isatty(fd) && !(no_colour && *no_colour) && terminal &&
	       strcmp(terminal, "dumb") != 0;
}

static void show_progress(const struct session *session)
{
	fprintf(stderr, "\r\033[K[%zu/%zu]", session->finished_count, session->report.count);
	fflush(stderr);
}

static void hide_progress(const struct session *session)
{
	if (session->progress) {
		fputs("\r\033[K", stderr);
		fflush(stderr);
	}
}

/* Reports what has become ready: a run of finished claims at the front. */
static void one_finished(size_t index, void *context)
{
	struct session *session = context;
	size_t end = session->report.next;

	session->finished[index] = true;
	session->finished_count++;
	while (end < session->report.count && session->finished[end]) {
		end++;
	}
	if (end > session->report.next) {
		hide_progress(session);
		session->format->ready(&session->report, end);
	}
	if (session->progress && session->finished_count < session->report.count) {
		show_progress(session);
	}
}

static bool is_one_experiment(const struct claim *const *claims, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		if (claims[i]->experiment != claims[0]->experiment) {
			return false;
		}
	}
	return count > 0;
}

static int run_chosen(const char *name, const struct options *options, struct session *session)
{
	struct report *report = &session->report;
	uint64_t start = stopwatch_ns();
	struct whole_file file;

	if (!whole_file_open(&file, options->output)) {
		return session_complain(name, options->output, strerror(errno));
	}
	report->out = file.out;
	report->single = is_one_experiment(report->claims, report->count);
	report->verbose = options->verbose;
	report->colour = !options->output && wants_colour(STDOUT_FILENO);
	session->progress = report->count > 1 && isatty(STDERR_FILENO);
	if (report->count > 1) {
		signal(SIGXFSZ, SIG_IGN); /* a report that may not grow is told of, not died of */
	}
	session->format->begin(report);
	if (report->count == 1 && !engine_process_is_spoilt()) {
		/* This process is fresh itself. */
		engine_run(report->claims[0], &session->results[0]);
		one_finished(0, session);
	} else {
		runner_run(report->claims, report->count, options->jobs, options->world,
			   session->results, one_finished, session);
	}
	hide_progress(session);
	report->seconds = (double)(stopwatch_ns() - start) / 1e9;
	session->format->finish(report);

	int status = report_exit_status(report);

	if (!whole_file_close(&file)) {
		status = session_complain(name,
					  options->output ? options->output : "standard output",
					  strerror(errno));
	}
	return status;
}

int session_hand_to_worlds(const char *name, const char *word, int argc, char **argv)
{
	char path[PATH_MAX], *slash, *arguments[argc + 3];
	ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);

	path[length > 0 ? length : 0] = 0;
	slash = strrchr(path, '/');
	if (slash && (size_t)(slash - path) + sizeof "/" WORLDS_PROGRAM <= sizeof path) {
		strcpy(slash, "/" WORLDS_PROGRAM);
		arguments[0] = (char *)WORLDS_PROGRAM;
		arguments[1] = (char *)word;
		for (int i = 0; i <= argc; i++) {
			arguments[i + 2] = i < argc ? argv[i] : NULL;
		}
		execv(path, arguments);
	}
	return session_complain(
		name, "worlds are in the program " WORLDS_PROGRAM ", which is not beside this one",
		NULL);
}

/* -1: go on, in that world. Programs without worlds hand over to the one that has them. */
static int enter_world(int argc, char **argv, const char *world)
{
	if (!session_choose_world) {
		return session_hand_to_worlds(argv[0], "run", argc - 1, argv + 1);
	}
	return session_choose_world(world)
		       ? -1
		       : session_complain(argv[0], "no such world ('touchstone worlds' lists them)",
					  world);
}

static void keep_fast(const struct claim **claims)
{
	size_t kept = 0;

	for (size_t i = 0; claims[i]; i++) {
		if (needs_are_fast(claims[i]->needs)) {
			claims[kept++] = claims[i];
		}
	}
	claims[kept] = NULL;
}

int session_main(int argc, char **argv, const char *how_to_run)
{
	struct options options;
	struct session session = {0};
	const char *unknown;
	char *original[argc + 1]; /* getopt sorts its own */
	char again[2 * NAME_LENGTH];

	memcpy(original, argv, sizeof original);
	/*
	 * Long before a claim's body, and inherited by its program: where huge pages are always given,
	 * the first touch of a variable would fill the tables beside it.
	 */
	prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0);

	int status = session_read_options(argc, argv, &options);
	const char *allowed = getenv(ALLOWED_VARIABLE);

	if (status < 0 && allowed && *allowed) {
		status = check_allowed(argv[0], allowed);
	}
	if (status < 0 && options.world) {
		status = enter_world(argc, original, options.world);
	}
	if (status >= 0) {
		return status;
	}

	const struct claim **claims = registry_choose(argv + optind, (size_t)(argc - optind),
						      &unknown);

	if (unknown) {
		free(claims);
		return session_complain(argv[0], "no claim, experiment or chapter has this name",
					unknown);
	}
	if (claims && options.fast) {
		keep_fast(claims);
		if (!claims[0]) {
			free(claims);
			return session_complain(argv[0], "none of these claims is of the fast part",
						NULL);
		}
	}
	session.format = options.format;
	if (options.world || options.allowed) {
		snprintf(again, sizeof again, "%s%s%s%s%s", how_to_run,
			 options.allowed ? " --allow=" : "", options.allowed ? options.allowed : "",
			 options.world ? " " RUNNER_WORLD_OPTION : "",
			 options.world ? options.world : "");
		how_to_run = again;
	}
	session.report = (struct report){.program = how_to_run, .claims = claims};
	while (claims && claims[session.report.count]) {
		session.report.count++;
	}
	session.results = calloc(session.report.count + 1, sizeof *session.results);
	session.finished = calloc(session.report.count + 1, sizeof *session.finished);
	session.report.results = session.results;
	if (claims && session.results && session.finished) {
		status = run_chosen(argv[0], &options, &session);
	} else {
		status = session_complain(argv[0], "out of memory", NULL);
	}
	for (size_t i = 0; session.results && i < session.report.count; i++) {
		result_free(&session.results[i]);
	}
	free(session.results);
	free(session.finished);
	free(claims);
	return status;
}

/* The value of "--option=value", or NULL when the argument is something else. */
static const char *value_of(const char *argument, const char *option)
{
	size_t length = strlen(option);

	return strncmp(argument, option, length) == 0 ? argument + length : NULL;
}

int session_is_claims_process(int argc, char **argv, int *status)
{
	enum { FIRST = 4 }; /* from there a claim's full name and its place, time and again */
	const char *fd = argc > FIRST + 1 ? value_of(argv[1], RUNNER_REPORT_OPTION) : NULL;
	const char *world = fd ? value_of(argv[2], RUNNER_WORLD_OPTION) : NULL;

	const char *kills = world ? value_of(argv[3], RUNNER_KILLS_OPTION) : NULL;

	if (!kills) {
		return 0;
	}
	outcome_count_group_kills_from(strtoll(kills, NULL, 10));
	*status = EXIT_USAGE;
	if (*world && !(session_choose_world && session_choose_world(world))) {
		return 1;
	}
	for (int i = FIRST; i + 1 < argc; i += 2) {
		const struct claim *claim = registry_named(argv[i], strtoul(argv[i + 1], NULL, 10));

		if (!claim) {
			*status = EXIT_USAGE;
			break;
		}
		*status = runner_run_one(claim, atoi(fd));
	}
	return 1;
}
