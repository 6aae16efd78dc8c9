/* SPDX-License-Identifier: MIT */
/*
 * One run from its options to its exit status: the same for an experiment program and for
 * `touchstone run`.
 */
#ifndef RUN_SESSION_H
#define RUN_SESSION_H

#include <stdbool.h>

/*
 * argv[0] is the name to be shown in messages ("touchstone run"), the rest are options and patterns.
 * how_to_run begins the line that runs a claim again. Returns the exit status.
 */
int session_main(int argc, char **argv, const char *how_to_run);

struct report_format;

struct options {
	const struct report_format *format;
	const char *world;   /* NULL: the machine as it is */
	const char *allowed; /* the last list of --allow */
	const char *output;  /* NULL: standard output */
	int jobs;
	bool verbose;
	bool fast; /* only what neither swaps, nor presses memory, nor measures time */
};

/*
 * Reads the options; patterns begin at argv[optind] then. -1: go on; anything else is the exit status, and
 * what is to be said has been said.
 */
int session_read_options(int argc, char **argv, struct options *options);

/* If this process was started by a runner for claims: runs them and returns true, with the status of the last one. */
int session_is_claims_process(int argc, char **argv, int *status);

/* One clear line on standard error: "name: what: about" (about may be NULL). The status of bad usage. */
int session_complain(const char *name, const char *what, const char *about);

/*
 * Becomes touchstone-worlds, the program beside this one, with a word and arguments. Comes back
 * only to complain, as name, that it is not there; then with the exit status.
 */
int session_hand_to_worlds(const char *name, const char *word, int argc, char **argv);

/*
 * Chooses the world that claims of this process run in; false for an unknown name. NULL in every
 * program but the one that has worlds (tests/worlds).
 */
extern bool (*session_choose_world)(const char *name);

#endif
