/* SPDX-License-Identifier: MIT */
/* The touchstone command: every experiment in one file, and the words to use them. */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command/command.h"
#include "run/engine.h"
#include "run/outcome.h"
#include "run/registry.h"
#include "run/session.h"

static const struct {
	const char *name, *full_name, *summary;
	int (*run)(int argc, char **argv);
} words[] = {
	{"run", "touchstone run", "run claims: all, or those that patterns choose", command_run},
	{"list", "touchstone list", "list experiments and claims, or the catalogue's coverage",
	 command_list},
	{"show", "touchstone show",
	 "show an experiment: its story, its claims, the sentences behind them", command_show},
	{"map", "touchstone map", "draw the address space of a process or a command", command_map},
	{"compare", "touchstone compare", "compare machines by the evidence of their runs",
	 command_compare},
	{"doctor", "touchstone doctor",
	 "tell what this machine can decide, and what would let it decide more", command_doctor},
	{"worlds", "touchstone worlds", "list the deliberately wrong machines (run --world=NAME)",
	 command_worlds},
	{"tests", "touchstone tests", "make a folder in which ctest runs the claims",
	 command_tests},
	{"needs", "touchstone needs", "tell what this machine can decide, and what it lacks",
	 command_needs},
};
enum { WORDS = sizeof words / sizeof *words };

const struct claim **command_choose(const char *command, char *const *patterns, int count)
{
	const char *unknown;
	const struct claim **claims = registry_choose(patterns, (size_t)count, &unknown);

	if (unknown) {
		session_complain(command, "no claim, experiment or chapter has this name", unknown);
		free(claims);
		return NULL;
	}
	return claims;
}

int command_end(const char *command)
{
	if (fflush(stdout) != 0 || ferror(stdout)) {
		return session_complain(command, "standard output", strerror(errno));
	}
	return 0;
}

static void usage(FILE *out)
{
	fputs("Usage: touchstone WORD [ARGUMENT]...\n"
	      "Executable experiments that verify virtual-memory semantics on this machine.\n\n",
	      out);
	for (size_t i = 0; i < WORDS; i++) {
		fprintf(out, "  %-8s %s\n", words[i].name, words[i].summary);
	}
	fputs("\n'touchstone WORD --help' tells more. Start with: touchstone run\n", out);
}

/* Under the name of an experiment, as an installed link has it, this is that experiment's program. */
static bool goes_by_the_name_of_an_experiment(const char *path)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;

	return strcmp(name, "touchstone") != 0 && registry_keep_only(name);
}

int main(int argc, char **argv)
{
	int status;

	engine_prepare_process();
	if (session_is_claims_process(argc, argv, &status)) {
		return status;
	}
	if (argc > 0 && goes_by_the_name_of_an_experiment(argv[0])) {
		return session_main(argc, argv, argv[0]);
	}
	if (argc < 2) {
		return session_complain("touchstone", "a word is missing (try 'touchstone --help')",
					NULL);
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
	    strcmp(argv[1], "help") == 0) {
		usage(stdout);
		return command_end("touchstone");
	}
	if (strcmp(argv[1], "--version") == 0) {
		printf("touchstone %s\n", TOUCHSTONE_VERSION);
		return command_end("touchstone");
	}
	for (size_t i = 0; i < WORDS; i++) {
		if (strcmp(argv[1], words[i].name) == 0) {
			argv[1] = (char *)words[i].full_name;
			return words[i].run(argc - 1, argv + 1);
		}
	}
	return session_complain("touchstone", "no such word (try 'touchstone --help')", argv[1]);
}
