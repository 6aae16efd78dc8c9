/* SPDX-License-Identifier: MIT */
/*
 * touchstone-worlds: the experiments in deliberately wrong worlds.
 *
 *     touchstone-worlds list                  the worlds, and what each breaks and spares
 *     touchstone-worlds prove [WORLD]...      what has to break breaks, what has to hold holds
 *     touchstone-worlds table                 claim x world, as docs/worlds.md
 *     touchstone-worlds run --world=WORLD ... the lab page of a wrong machine
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run/engine.h"
#include "run/registry.h"
#include "run/runner.h"
#include "run/session.h"
#include "worlds/gate.h"

enum { PATTERNS = 100, TEXT = 4000 };

/* Splits "a b c" into words, in place. */
static size_t split(char *text, char *words[PATTERNS])
{
	size_t count = 0;
	char *rest = text, *word;

	while ((word = strsep(&rest, " \n\t")) && count < PATTERNS) {
		if (*word) {
			words[count++] = word;
		}
	}
	return count;
}

/* A control is meant only where it is named itself. */
static bool means(const char *pattern, const struct claim *claim)
{
	const char *last = strrchr(pattern, '.');

	if (claim->is_control) {
		return strcmp(last ? last + 1 : pattern, claim->name) == 0 &&
		       registry_matches(claim, pattern);
	}
	return registry_matches(claim, pattern);
}

/* The claims that a world's list means; *stranger is a pattern that means none. */
static size_t meant(const char *list, const struct claim **claims, size_t room, char *stranger)
{
	char text[TEXT], *patterns[PATTERNS];
	size_t count = 0, pattern_count;
	bool used[PATTERNS] = {false};

	snprintf(text, sizeof text, "%s", list ? list : "");
	pattern_count = split(text, patterns);
	for (const struct experiment *e = registry_experiments(); e; e = e->next) {
		for (const struct claim *c = e->claims; c; c = c->next) {
			bool wanted = false;

			for (size_t i = 0; i < pattern_count; i++) {
				if (means(patterns[i], c)) {
					used[i] = wanted = true;
				}
			}
			if (wanted && count < room) {
				claims[count++] = c;
			}
		}
	}
	*stranger = 0;
	for (size_t i = 0; i < pattern_count; i++) {
		if (!used[i]) {
			snprintf(stranger, 100, "%s", patterns[i]);
		}
	}
	return count;
}

static void note_nothing(size_t index, void *context)
{
	(void)index;
	(void)context;
}

struct proof {
	size_t right, wrong, undecided;
};

/* Runs the claims of one list in a world, and tells every one that does not come out as it should. */
static void prove_list(const struct world *world, const char *list, enum outcome wanted,
		       struct proof *proof)
{
	static const struct claim *claims[1000];
	static struct result results[1000];
	char stranger[100], name[100], claim_name[NAME_LENGTH];
	size_t count = meant(list, claims, 1000, stranger);

	world_name(world, name);
	if (*stranger) {
		printf("    WRONG: '%s' means no claim\n", stranger);
		proof->wrong++;
	}
	runner_run(claims, count, runner_usual_jobs(), name, results, note_nothing, NULL);
	for (size_t i = 0; i < count; i++) {
		registry_full_name(claims[i], claim_name);
		if (results[i].outcome == wanted) {
			proof->right++;
		} else if (results[i].outcome == UNDECIDED) {
			proof->undecided++;
			printf("    undecided: %s, which should be %s: %s\n", claim_name,
			       outcome_name(wanted), results[i].reason);
		} else {
			proof->wrong++;
			printf("    WRONG: %s %s, and should be %s\n", claim_name,
			       outcome_name(results[i].outcome), outcome_name(wanted));
			if (results[i].outcome == BROKEN) {
				printf("      expected %s\n      seen %s\n", results[i].expected,
				       results[i].seen);
			} else if (results[i].outcome == ERROR) {
				printf("      %s\n", results[i].reason);
			}
		}
		result_free(&results[i]);
	}
}

/* What one world proves: 0, 1 when something came out wrong, 77 when nothing could be decided. */
static int prove(const struct world *world)
{
	struct proof broken = {0}, held = {0};
	char name[100];

	world_name(world, name);
	printf("%s\n", world->sentence);
	prove_list(world, world->breaks, BROKEN, &broken);
	prove_list(world, world->spares, HOLDS, &held);
	printf("    %s: %zu broken and %zu held as they should, %zu wrong, %zu undecided\n", name,
	       broken.right, held.right, broken.wrong + held.wrong,
	       broken.undecided + held.undecided);
	fflush(stdout);
	if (broken.wrong + held.wrong) {
		return EXIT_BROKEN;
	}
	return broken.right ? EXIT_HOLDS : EXIT_UNDECIDED;
}

static int command_prove(int argc, char **argv)
{
	int status = EXIT_UNDECIDED;

	for (int i = 2; i < argc; i++) {
		if (!worlds_named(argv[i])) {
			fprintf(stderr, "touchstone-worlds prove: no such world: %s\n", argv[i]);
			return EXIT_USAGE;
		}
	}
	for (const struct world *world = worlds_first(); world; world = world->next) {
		bool wanted = argc == 2;

		for (int i = 2; i < argc; i++) {
			wanted |= worlds_named(argv[i]) == world;
		}
		if (wanted) {
			int one = prove(world);

			status = one == EXIT_BROKEN || (one == EXIT_HOLDS && status != EXIT_BROKEN)
					 ? one
					 : status;
		}
	}
	return status;
}

static int command_list(void)
{
	for (const struct world *world = worlds_first(); world; world = world->next) {
		char name[100];

		world_name(world, name);
		printf("%s\n  %s\n  breaks %s\n  spares %s\n", name, world->sentence, world->breaks,
		       world->spares);
	}
	return EXIT_HOLDS;
}

static bool breaks(const struct world *world, const struct claim *claim)
{
	char text[TEXT], *patterns[PATTERNS];
	size_t count;

	snprintf(text, sizeof text, "%s", world->breaks);
	count = split(text, patterns);
	for (size_t i = 0; i < count; i++) {
		if (means(patterns[i], claim)) {
			return true;
		}
	}
	return false;
}

/* One row of the table; false when no world breaks the claim. */
static bool put_row(const struct claim *claim)
{
	size_t count = 0;

	for (const struct world *world = worlds_first(); world; world = world->next) {
		char name[100];

		if (breaks(world, claim)) {
			world_name(world, name);
			printf("%s%s", count++ ? "; " : "", name);
		}
	}
	if (!count) {
		printf("**none**");
	}
	return count > 0;
}

static void put_worlds(void)
{
	printf("| world | made by | breaks | spares |\n|---|---|---|---|\n");
	for (const struct world *world = worlds_first(); world; world = world->next) {
		char name[100];

		world_name(world, name);
		printf("| `%s`: %s | %s | %s | %s |\n", name, world->sentence,
		       world->by ? world->by : "calls", world->breaks, world->spares);
	}
}

struct share {
	size_t all, covered;
};

/* A row for each claim, or for each control. */
static struct share put_rows(bool controls)
{
	struct share share = {0};

	for (const struct experiment *e = registry_experiments(); e; e = e->next) {
		for (const struct claim *c = e->claims; c; c = c->next) {
			char name[NAME_LENGTH];

			if (c->is_control == controls) {
				registry_full_name(c, name);
				printf("| `%s` | ", name);
				share.covered += put_row(c);
				share.all++;
				puts(" |");
			}
		}
	}
	return share;
}

static int command_table(void)
{
	size_t worlds = 0;

	for (const struct world *world = worlds_first(); world; world = world->next) {
		worlds++;
	}
	printf("<!-- SPDX-License-Identifier: MIT -->\n"
	       "<!-- Written by `touchstone-worlds table`; a test compares. -->\n"
	       "# Worlds\n\n"
	       "A world is a deliberately wrong machine. In each, some claims have to come out "
	       "broken and some\n"
	       "neighbours have to hold; `ctest -L worlds` proves both, and\n"
	       "`touchstone run --world=NAME PATTERN` shows what a wrong machine looks "
	       "like.\n"
	       "Where this machine cannot decide the claims, a guest may: `tests/machines/guest "
	       "--worlds`\n([machines.md](machines.md#other-kernels-testsmachinesguest)).\n\n"
	       "Made by *calls*: the experiment's own system calls do something else; by a "
	       "*switch* of the\n"
	       "kernel; by a *reading*: an instrument is lied to, the last resort.\n\n");
	put_worlds();
	printf("\n## Claim by claim\n\n| claim | comes out broken in |\n|---|---|\n");

	struct share claims = put_rows(false);

	printf("\n## Control by control\n\nA control has to be able to give the wrong answer, "
	       "too.\n\n"
	       "| control | comes out broken in |\n|---|---|\n");

	struct share controls = put_rows(true);

	printf("\n%zu of %zu controls come out broken in at least one world.\n\n", controls.covered,
	       controls.all);
	printf("%zu worlds; %zu of %zu claims come out broken in at least one of them.\n", worlds,
	       claims.covered, claims.all);
	return EXIT_HOLDS;
}

int main(int argc, char **argv)
{
	int status;

	engine_prepare_process();
	if (session_is_claims_process(argc, argv, &status)) {
		return status;
	}
	if (argc >= 2 && strcmp(argv[1], "run") == 0) {
		argv[1] = (char *)"touchstone run";
		return session_main(argc - 1, argv + 1, "touchstone run");
	}
	if (argc >= 2 && strcmp(argv[1], "prove") == 0) {
		return command_prove(argc, argv);
	}
	if (argc == 2 && strcmp(argv[1], "list") == 0) {
		return command_list();
	}
	if (argc == 2 && strcmp(argv[1], "table") == 0) {
		return command_table();
	}
	fprintf(stderr, "Usage: touchstone-worlds list | prove [WORLD]... | table | run "
			"[OPTION]... [PATTERN]...\n");
	return EXIT_USAGE;
}
