/* SPDX-License-Identifier: MIT */
/*
 * Nothing of the old program is left after execve
 * ===============================================
 *
 * The first of the steps that document 002 names: "delete the existing area structs in the user
 * portion". The kernel does it the other way round. It builds a second, empty address space, puts
 * stack and arguments into it, and only when nothing can fail any more changes over and drops the
 * old one whole: private and shared areas alike, whatever stood in them.
 *
 *      old                             new
 *      +---------+---------+           +---------+
 *      | program | heap    |           | program |
 *      +---------+---------+   --->    +---------+
 *      | shared  | locked  |           |  nothing else: these addresses fault
 *      +---------+---------+           +---------+
 *                                      | stack   |
 *
 * An area is only let go, though. What others have mapped as well stays theirs, byte for byte: shared
 * memory outlives the program that leaves it.
 *
 * Look with: mincore(2) in the new program, which says ENOMEM where nothing is mapped.
 * Read on:   execve(2) "Effect on process attributes"; document 002 "The execve Function Revisited".
 */
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Nothing of the old program is left after execve");

SPECIMEN(does_as_told);

#ifndef MAP_FIXED_NOREPLACE
#define MAP_FIXED_NOREPLACE 0x100000
#endif

enum { KINDS = 3, PAGES = 4 };

static struct specimen_run run;

/*
 * Where neither the experiment nor the specimen has anything, so that an area found there in the new
 * program is the old one: far above the specimen and its heap, far below the stack.
 */
static char *const meeting_place = (char *)0x60000000;

static void map_at(char *place, int flags, int fd)
{
	char *area = mmap(place, PAGES * page_size(), PROT_READ | PROT_WRITE,
			  flags | MAP_FIXED_NOREPLACE, fd, 0);

	if (area != place) {
		undecided("needs address %p to be free", place);
	}
	write_pattern(area, PAGES * page_size(), 1);
}

/* Private, shared, and of a file: four pages each, with as many between them. */
static void map_all_kinds(void)
{
	map_at(page(meeting_place, 0), MAP_PRIVATE | MAP_ANONYMOUS, -1);
	map_at(page(meeting_place, 2 * PAGES), MAP_SHARED | MAP_ANONYMOUS, -1);
	map_at(page(meeting_place, 4 * PAGES), MAP_SHARED, memory_file(PAGES, 1));
}

static size_t count_lines(const char *output, const char *line)
{
	size_t count = 0;

	for (const char *at = output; (at = strstr(at, line)); at++) {
		count++;
	}
	return count;
}

CLAIM(no_area_is_left, "exec-02",
      "Where the old program had private, shared and file areas, the new one has nothing mapped",
      .needs = SPECIMENS)
{
	static char questions[KINDS * PAGES][40];
	static char *words[KINDS * PAGES + 2] = {"does_as_told"};
	int file = specimen_file(&does_as_told);

	for (size_t i = 0; i < KINDS * PAGES; i++) {
		const char *asked = page(meeting_place, i / PAGES * 2 * PAGES + i % PAGES);

		snprintf(questions[i], sizeof questions[i], "mapped=%lu", (unsigned long)asked);
		words[i + 1] = questions[i];
	}
	START_PROGRAM(run) {
		map_all_kinds();
		assert_accepted(execve(specimen_path(file), words, NO_WORDS));
	}
	assert_equals(run.status, 0, "how the program ended");
	assert_equals(count_lines(run.output, "mapped=1\n"), 0, "pages of the old areas mapped");
	assert_equals(count_lines(run.output, "mapped=0\n"), KINDS * PAGES, "pages not mapped");
}

CLAIM(what_others_share_stays_theirs, "exec-02",
      "Shared memory that the old program wrote to has every byte in those who still map it",
      .needs = SPECIMENS)
{
	int file = specimen_file(&does_as_told);
	char *shared = fresh_pages(PAGES, MAP_SHARED);
	char *private = filled_pages(PAGES, MAP_PRIVATE, 1);

	START_PROGRAM(run) {
		write_pattern(shared, PAGES * page_size(), 2);
		write_pattern(private, PAGES * page_size(), 2);
		assert_accepted(
			execve(specimen_path(file), WORDS("does_as_told", "pid"), NO_WORDS));
	}
	assert_equals(run.status, 0, "how the program ended");
	assert_pattern(shared, PAGES * page_size(), 2, "shared memory, in the parent");
	assert_pattern(private, PAGES * page_size(), 1, "private memory, in the parent");
}

CONTROL(fork_keeps_the_areas, "exec-02",
	"A child that is forked, and does not call execve, has every byte of the same areas")
{
	IN_CHILD {
		map_all_kinds();
		IN_CHILD {
			for (size_t i = 0; i < KINDS; i++) {
				assert_pattern(page(meeting_place, i * 2 * PAGES),
					       PAGES * page_size(), 1, "what fork has kept");
			}
		}
	}
}
