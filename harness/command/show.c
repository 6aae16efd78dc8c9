/* SPDX-License-Identifier: MIT */
/* touchstone show: an experiment's story, its claims and the sentences behind them. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run/catalogue.h"
#include "command/command.h"
#include "run/outcome.h"
#include "run/registry.h"
#include "run/session.h"

static void usage(FILE *out)
{
	fputs("Usage: touchstone show [OPTION] NAME...\n"
	      "Show experiments: the story, the claims, the sentences of the documents behind "
	      "them.\n\n"
	      "  -s, --source   show the whole source of the experiment instead\n"
	      "  -h, --help     show this, and exit\n",
	      out);
}

/* The file's opening comment without its stars. The licence line before it is no story. */
static void show_story(const struct experiment *experiment)
{
	const char *line = strstr(experiment->source, "\n/*\n");
	const char *end = line ? strstr(line, "\n */") : NULL;

	if (!end) {
		printf("%s\n", experiment->title);
		return;
	}
	for (line += 4; line <= end;) {
		const char *newline = strchr(line, '\n');
		const char *text = line + (strncmp(line, " *", 2) == 0 ? 2 : 0);

		text += *text == ' ';
		printf("%.*s\n", (int)(newline - text), text);
		line = newline + 1;
	}
}

static void show_ids(const struct claim *claim)
{
	for (const char *id = claim->ids; *id;) {
		size_t length = strcspn(id, " ");
		struct row row;

		if (catalogue_find(id, length, &row)) {
			printf("      %.*s (%.*s, %.*s): %.*s\n", (int)length, id,
			       (int)row.length[SOURCE], row.text[SOURCE], (int)row.length[VERDICT],
			       row.text[VERDICT], (int)row.length[STATEMENT], row.text[STATEMENT]);
		}
		id += length + strspn(id + length, " ");
	}
}

static void show_experiment(const struct experiment *experiment)
{
	show_story(experiment);
	printf("\nSource: %s\n\nClaims:\n", experiment->file);
	for (const struct claim *claim = experiment->claims; claim; claim = claim->next) {
		printf("  %s%s (line %d)\n    %s\n", claim->is_control ? "control " : "",
		       claim->name, claim->line, claim->sentence);
		if (!claim->is_control) {
			show_ids(claim);
		}
	}
}

int command_show(int argc, char **argv)
{
	static const struct option known[] = {
		{"source", no_argument, NULL, 's'},
		{"help", no_argument, NULL, 'h'},
		{NULL, 0, NULL, 0},
	};
	const struct experiment *shown = NULL;
	bool source = false;
	int letter;

	while ((letter = getopt_long(argc, argv, "sh", known, NULL)) != -1) {
		switch (letter) {
		case 's':
			source = true;
			break;
		case 'h':
			usage(stdout);
			return command_end(argv[0]);
		default:
			return EXIT_USAGE;
		}
	}
	if (optind == argc) {
		return session_complain(argv[0], "which experiment? 'touchstone list' names them",
					NULL);
	}

	const struct claim **claims = command_choose(argv[0], argv + optind, argc - optind);

	if (!claims) {
		return EXIT_USAGE;
	}
	for (size_t i = 0; claims[i]; i++) {
		if (claims[i]->experiment != shown) {
			fputs(shown ? "\n\n" : "", stdout);
			shown = claims[i]->experiment;
			if (source) {
				fwrite(shown->source, 1,
				       (size_t)(shown->source_end - shown->source), stdout);
			} else {
				show_experiment(shown);
			}
		}
	}
	free(claims);
	return command_end(argv[0]);
}
