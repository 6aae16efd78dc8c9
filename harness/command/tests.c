/* SPDX-License-Identifier: MIT */
/*
 * touchstone tests: a folder in which ctest runs this program, a test for each claim. ctest writes its log
 * beside the list of tests, so whoever may not write where the suite is installed has a folder of his own.
 */
#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command/command.h"
#include "run/needs.h"
#include "run/outcome.h"
#include "run/registry.h"
#include "run/session.h"
#include "run/whole_file.h"

static void usage(FILE *out)
{
	fputs("Usage: touchstone tests FOLDER [PATTERN]...\n"
	      "Make a folder in which ctest runs the claims that a PATTERN chooses, or all:\n"
	      "ctest --test-dir FOLDER. The folder may be there already.\n\n"
	      "  -h, --help     show this, and exit\n",
	      out);
}

static void write_test(FILE *out, const struct claim *claim, const char *program)
{
	char name[NAME_LENGTH], chapter[NAME_LENGTH];

	registry_full_name(claim, name);
	registry_chapter(claim->experiment, chapter);
	fprintf(out,
		"add_test(%s [==[%s]==] run --verbose %s)\n"
		"set_tests_properties(%s PROPERTIES SKIP_RETURN_CODE %d TIMEOUT 60 "
		"LABELS \"experiment;%s%s%s\"",
		name, program, name, name, EXIT_UNDECIDED, chapter,
		claim->is_control ? ";control" : "", needs_are_fast(claim->needs) ? ";fast" : "");
	if (claim->alone && strcmp(claim->alone, THE_MACHINE) == 0) {
		fputs(" RUN_SERIAL ON", out);
	} else if (claim->alone) {
		fprintf(out, " RESOURCE_LOCK \"%s\"", claim->alone);
	}
	fputs(")\n", out);
}

static int write_tests(const char *command, const char *path, const struct claim **claims)
{
	char program[PATH_MAX];
	ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
	struct whole_file file;

	if (length < 0) {
		return session_complain(command, "where this program is", strerror(errno));
	}
	program[length] = 0;
	if (!whole_file_open(&file, path)) {
		return session_complain(command, path, strerror(errno));
	}
	fputs("# SPDX-License-Identifier: MIT\n# Made by: touchstone tests\n", file.out);
	for (size_t i = 0; claims[i]; i++) {
		write_test(file.out, claims[i], program);
	}
	return whole_file_close(&file) ? 0 : session_complain(command, path, strerror(errno));
}

int command_tests(int argc, char **argv)
{
	static const struct option options[] = {{"help", no_argument, NULL, 'h'}, {0}};
	char path[PATH_MAX];
	int option;

	while ((option = getopt_long(argc, argv, "+h", options, NULL)) != -1) {
		if (option != 'h') {
			return EXIT_USAGE;
		}
		usage(stdout);
		return command_end(argv[0]);
	}
	if (optind == argc) {
		return session_complain(argv[0], "a folder is missing", NULL);
	}

	const char *folder = argv[optind];
	const struct claim **claims = command_choose(argv[0], argv + optind + 1, argc - optind - 1);

	if (!claims) {
		return EXIT_USAGE;
	}

	int status;

	if (mkdir(folder, 0777) != 0 && errno != EEXIST) {
		status = session_complain(argv[0], folder, strerror(errno));
	} else if (snprintf(path, sizeof path, "%s/CTestTestfile.cmake", folder) >=
		   (int)sizeof path) {
		status = session_complain(argv[0], folder, strerror(ENAMETOOLONG));
	} else {
		status = write_tests(argv[0], path, claims);
	}
	free(claims);
	return status;
}
