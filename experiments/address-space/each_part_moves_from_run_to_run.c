/* SPDX-License-Identifier: MIT */
/*
 * Each part of a program moves from run to run
 * ============================================
 *
 * "The OS randomizes memory locations between runs", says document 004 (14.3) of address space
 * layout randomisation. What is drawn at execve are several numbers, not one: stack, mapped
 * region, image (where it was linked so that it can move) and heap each get their own.
 *
 *      run 1   |   image  |heap|                |mapped region|     |stack|
 *      run 2        |image|   |heap|      |mapped region|          |stack|
 *
 * Not every two runs differ, for the numbers may have as few as eight bits; of sixteen runs half
 * have a place that none before had, unless by a chance that nobody meets. Who asks for it
 * (setarch -R, as debuggers do) has the same places each time.
 *
 * Look with: a small program that tells where its parts are, sixteen times.
 * Read on:   proc(5) "randomize_va_space", personality(2) ADDR_NO_RANDOMIZE; document 004
 *            sections 3.7 and 14.3.
 */
#include <fcntl.h>
#include <link.h>
#include <sys/personality.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Each part of a program moves from run to run");

SPECIMEN(tells_its_places_movable);

enum { RUNS = 16, PARTS = 4 };

/* The image's first instruction, the break, the loader in the mapped region, and the stack. */
static const char *const parts[PARTS] = {"entry", "break", "running", "stack"};

typedef unsigned long long places[RUNS];

/* Lets the program start so often, with itself as its loader. */
static void run_often(places seen[PARTS])
{
	int loader = specimen_file(&tells_its_places_movable);
	const char *name = specimen_path(loader);
	struct specimen both = specimen_with_header(&tells_its_places_movable,
						    (ElfW(Phdr)){.p_type = PT_INTERP}, name,
						    strlen(name) + 1);
	const char *program = specimen_path(specimen_file(&both));
	struct specimen_run run;

	arrange(fcntl(loader, F_SETFD, 0) == 0);
	for (size_t i = 0; i < RUNS; i++) {
		START_PROGRAM(run) {
			execve(program, WORDS("program"), NO_WORDS);
		}
		for (size_t part = 0; part < PARTS; part++) {
			seen[part][i] = specimen_said(&run, parts[part]);
		}
	}
}

/* How many of the values none before had. */
static size_t count_different(const places seen)
{
	size_t count = 0;

	for (size_t i = 0; i < RUNS; i++) {
		size_t before = 0;

		while (seen[before] != seen[i]) {
			before++;
		}
		count += before == i;
	}
	return count;
}

CLAIM(no_part_stays_where_it_was, "prot-18",
      "Of 16 runs at least half have image, heap, mapped region and stack where none before had it",
      .needs = SPECIMENS | RANDOM_LAYOUT)
{
	static places seen[PARTS];

	run_often(seen);
	for (size_t part = 0; part < PARTS; part++) {
		assert_at_least(count_different(seen[part]), RUNS / 2, parts[part]);
	}
}

CLAIM(each_part_moves_by_itself, "prot-18",
      "No two parts keep their distance: at least half of the 16 distances are new",
      .needs = SPECIMENS | RANDOM_LAYOUT)
{
	static places seen[PARTS], distance;

	run_often(seen);
	for (size_t part = 0; part < PARTS; part++) {
		for (size_t other = 0; other < part; other++) {
			for (size_t i = 0; i < RUNS; i++) {
				distance[i] = seen[part][i] - seen[other][i];
			}
			evidence("between", "%s and %s", parts[other], parts[part]);
			assert_at_least(count_different(distance), RUNS / 2,
					"distances that none before had");
		}
	}
}

CONTROL(without_randomness_nothing_moves, "prot-18",
	"With ADDR_NO_RANDOMIZE all four are in one place in all runs",
	.needs = SPECIMENS | PERSONALITIES)
{
	IN_CHILD {
		static places seen[PARTS];

		arrange(personality((unsigned long)personality(0xffffffff) | ADDR_NO_RANDOMIZE) >=
			0);
		run_often(seen);
		for (size_t part = 0; part < PARTS; part++) {
			assert_equals(count_different(seen[part]), 1, parts[part]);
		}
	}
}
