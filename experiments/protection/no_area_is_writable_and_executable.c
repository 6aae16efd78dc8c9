/* SPDX-License-Identifier: MIT */
/*
 * No area of an ordinary program is writable and executable at once
 * =================================================================
 *
 * Memory that can be written and then run is what an attacker wishes for. Document 004 (14.3)
 * calls it a goal of many systems to have none (W^X). Linux does not enforce that, but whoever just
 * compiles, links and starts a program has it: code comes as r-x, data as rw-, the stack and the
 * heap as rw-, and the kernel's own pages for the program as r-x and r--.
 *
 *      55d0..  r--p   headers, constants        7f3a..  rw-p   heap
 *      55d1..  r-xp   code                      7ffc..  rw-p   [stack]
 *      55d2..  rw-p   data, bss                 7ffc..  r-xp   [vdso]          no rwxp anywhere
 *
 * It is looked for in this very program, with its libraries if it has any, and in two small ones
 * that read their own list at their first line: one linked for a fixed place and one that can be
 * loaded anywhere. Programs that make code as they run are another matter, and lawfully so.
 *
 * Look with: the letters in /proc/self/maps.
 * Read on:   proc(5) maps, elf(5) PT_GNU_STACK; documents 003, 004 section 14.3.
 */
#include <string.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("No area of an ordinary program is writable and executable at once");

SPECIMEN(tells_its_rights_fixed);
SPECIMEN(tells_its_rights_movable);

/* The lines of a list that have both letters, "w" and "x" of "rwxp", and those that have each. */
struct letters {
	size_t lines, written, executed, both;
};

static struct letters count_letters(struct area_list list)
{
	struct letters count = {0};
	const char *end = list.text + list.length;

	for (const char *line = list.text; line < end; line++) {
		const char *rights = memchr(line, ' ', (size_t)(end - line));

		arrange(rights && end - rights > 4);
		count.lines++;
		count.written += rights[2] == 'w';
		count.executed += rights[3] == 'x';
		count.both += rights[2] == 'w' && rights[3] == 'x';
		line = memchr(rights, '\n', (size_t)(end - rights));
		arrange(line);
	}
	return count;
}

CLAIM(this_program_has_none, "prot-04",
      "No area of this program, its libraries and its stack is writable and executable at once",
      .needs = AREA_LIST | NO_EXECUTE)
{
	struct letters count = count_letters(observe_areas());

	assert_at_least(count.executed, 1, "areas that can be executed");
	assert_at_least(count.written, 2, "areas that can be written");
	assert_equals(count.both, 0, "areas that can be both");
	IN_CHILD {
		assert_equals(count_letters(observe_areas()).both, 0, "such areas of a child");
	}
}

CLAIM(no_program_begins_with_one, "prot-04",
      "A program that was just executed has none, whether its place is fixed or not",
      .needs = AREA_LIST | NO_EXECUTE | SPECIMENS)
{
	const struct specimen *programs[] = {&tells_its_rights_fixed, &tells_its_rights_movable};

	for (size_t i = 0; i < 2; i++) {
		struct specimen_run run = run_specimen(programs[i], NULL);

		assert_equals(run.status, 0, "exit status of the specimen");
		assert_at_least(specimen_said(&run, "executed"), 1, "areas that can be executed");
		assert_at_least(specimen_said(&run, "written"), 2, "areas that can be written");
		assert_equals(specimen_said(&run, "both"), 0, "areas that can be both");
	}
}

CONTROL(who_asks_for_one_has_one, "prot-04",
	"Memory that was asked for with all rights is found by the same count",
	.needs = AREA_LIST | EXECUTABLE_MEMORY)
{
	struct letters before = count_letters(observe_areas());
	char *area = mmap(NULL, page_size(), PROT_READ | PROT_WRITE | PROT_EXEC,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (area == MAP_FAILED) {
		undecided("needs leave to map memory writable and executable: lift the policy "
			  "against it");
	}
	assert_equals(count_letters(observe_areas()).both, before.both + 1,
		      "areas that can be both");
	arrange(munmap(area, page_size()) == 0);
	assert_equals(count_letters(observe_areas()).both, before.both, "such areas without it");
}
