/* SPDX-License-Identifier: MIT */
/* touchstone compare: evidence of several machines, side by side. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command/command.h"
#include "compare/comparison.h"
#include "run/outcome.h"
#include "run/session.h"
#include "run/whole_file.h"

enum { MOST_MACHINES = 26, EXIT_DIFFERENT = 1 };

typedef void drawing(FILE *out, const struct comparison *comparison, bool all);

static void usage(FILE *out)
{
	fputs("Usage: touchstone compare [OPTION]... FILE FILE...\n"
	      "Compare machines by their evidence (touchstone run --format=json --output=FILE): "
	      "claims whose\n"
	      "outcome differs first, then claims whose evidence differs.\n\n"
	      "  -f, --format=FORMAT  text (usual), json or html\n"
	      "  -o, --output=FILE    write there instead of to standard output\n"
	      "  -a, --all            tell of claims that are alike, too\n"
	      "  -h, --help           show this, and exit\n\n"
	      "Exit status: 0 all outcomes are the same, 1 some differ, 2 a file that cannot be "
	      "used.\n",
	      out);
}

static drawing *drawing_named(const char *name)
{
	return strcmp(name, "text") == 0   ? comparison_text
	       : strcmp(name, "json") == 0 ? comparison_json
	       : strcmp(name, "html") == 0 ? comparison_html
					   : NULL;
}

static int draw(const char *name, const struct evidence *machines, size_t count, drawing *drawing,
		const char *output, bool all)
{
	struct comparison comparison;
	struct whole_file file;
	int status;

	if (!comparison_make(&comparison, machines, count)) {
		return session_complain(name, strerror(ENOMEM), NULL);
	}
	status = comparison.counts[OTHER_OUTCOME] ? EXIT_DIFFERENT : EXIT_HOLDS;
	if (!whole_file_open(&file, output)) {
		status = session_complain(name, output, strerror(errno));
	} else {
		drawing(file.out, &comparison, all);
		if (!whole_file_close(&file)) {
			status = session_complain(name, output ? output : "standard output",
						  strerror(errno));
		}
	}
	comparison_free(&comparison);
	return status;
}

static int compare(const char *name, char *const *files, size_t count, drawing *drawing,
		   const char *output, bool all)
{
	struct evidence machines[MOST_MACHINES];
	char complaint[COMPLAINT];
	size_t read = 0;
	int status;

	while (read < count && evidence_read(files[read], &machines[read], complaint)) {
		read++;
	}
	status = read == count ? draw(name, machines, count, drawing, output, all)
			       : session_complain(name, files[read], complaint);
	while (read > 0) {
		evidence_free(&machines[--read]);
	}
	return status;
}

int command_compare(int argc, char **argv)
{
	static const struct option options[] = {
		{"format", required_argument, NULL, 'f'},
		{"output", required_argument, NULL, 'o'},
		{"all", no_argument, NULL, 'a'},
		{"help", no_argument, NULL, 'h'},
		{NULL, 0, NULL, 0},
	};
	drawing *drawing = comparison_text;
	const char *output = NULL;
	bool all = false;
	int option;

	while ((option = getopt_long(argc, argv, "f:o:ah", options, NULL)) != -1) {
		switch (option) {
		case 'f':
			drawing = drawing_named(optarg);
			if (!drawing) {
				return session_complain(argv[0], "no such format", optarg);
			}
			break;
		case 'o':
			output = optarg;
			break;
		case 'a':
			all = true;
			break;
		case 'h':
			usage(stdout);
			return command_end(argv[0]);
		default:
			return EXIT_USAGE; /* getopt has complained */
		}
	}
	if (argc - optind < 2 || argc - optind > MOST_MACHINES) {
		return session_complain(argv[0], "two to 26 files of evidence are compared", NULL);
	}
	return compare(argv[0], argv + optind, (size_t)(argc - optind), drawing, output, all);
}
