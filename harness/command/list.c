/* SPDX-License-Identifier: MIT */
/* touchstone list: what there is, and with --claims how much of the catalogue is covered. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run/catalogue.h"
#include "command/command.h"
#include "run/outcome.h"
#include "run/registry.h"

static void usage(FILE *out)
{
	fputs("Usage: touchstone list [OPTION] [PATTERN]...\n"
	      "List experiments and their claims, by full name.\n\n"
	      "  -c, --claims   list the catalogue instead: each id, how many claims assert it\n"
	      "  -n, --names    names only, one a line\n"
	      "  -h, --help     show this, and exit\n",
	      out);
}

static size_t count_asserting(const char *id, bool controls)
{
	size_t count = 0;

	for (const struct experiment *e = registry_experiments(); e; e = e->next) {
		for (const struct claim *c = e->claims; c; c = c->next) {
			const char *found = strstr(c->ids, id);

			count += found && c->is_control == controls;
		}
	}
	return count;
}

struct coverage {
	size_t rows, covered;
};

static bool list_row(const struct row *row, void *context)
{
	struct coverage *coverage = context;
	char id[40];
	size_t claims, controls;

	snprintf(id, sizeof id, "%.*s", (int)row->length[ID], row->text[ID]);
	claims = count_asserting(id, false);
	controls = count_asserting(id, true);
	coverage->rows++;
	coverage->covered += claims > 0;
	printf("%-12s %-9.*s %zu claim%s, %zu control%s  %.*s\n", id, (int)row->length[VERDICT],
	       row->text[VERDICT], claims, claims == 1 ? " " : "s", controls,
	       controls == 1 ? " " : "s", (int)row->length[STATEMENT], row->text[STATEMENT]);
	return true;
}

static int list_catalogue(void)
{
	struct coverage coverage = {0};

	catalogue_each(list_row, &coverage);
	printf("%zu of the %zu rows of the catalogue are asserted by an experiment\n",
	       coverage.covered, coverage.rows);
	return 0;
}

static void list_claims(const struct claim *const *claims, bool names_only)
{
	const struct experiment *experiment = NULL;

	for (; *claims; claims++) {
		char name[NAME_LENGTH];

		if (names_only) {
			registry_full_name(*claims, name);
			puts(name);
			continue;
		}
		if ((*claims)->experiment != experiment) {
			experiment = (*claims)->experiment;
			registry_full_experiment_name(experiment, name);
			printf("%s\n  %s\n", name, experiment->title);
		}
		printf("    %s.%s  (%s)\n      %s\n", (*claims)->is_control ? "control " : "",
		       (*claims)->name, (*claims)->ids, (*claims)->sentence);
	}
}

int command_list(int argc, char **argv)
{
	static const struct option known[] = {
		{"claims", no_argument, NULL, 'c'},
		{"names", no_argument, NULL, 'n'},
		{"help", no_argument, NULL, 'h'},
		{NULL, 0, NULL, 0},
	};
	bool names_only = false, catalogue = false;
	int letter;

	while ((letter = getopt_long(argc, argv, "cnh", known, NULL)) != -1) {
		switch (letter) {
		case 'c':
			catalogue = true;
			break;
		case 'n':
			names_only = true;
			break;
		case 'h':
			usage(stdout);
			return command_end(argv[0]);
		default:
			return EXIT_USAGE;
		}
	}
	if (catalogue) {
		list_catalogue();
		return command_end(argv[0]);
	}

	const struct claim **claims = command_choose(argv[0], argv + optind, argc - optind);

	if (!claims) {
		return EXIT_USAGE;
	}
	list_claims(claims, names_only);
	free(claims);
	return command_end(argv[0]);
}
