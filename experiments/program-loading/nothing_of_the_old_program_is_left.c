/* SPDX-License-Identifier: MIT */
/*
 * execve leaves nothing of the old program's memory
 * =================================================
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
 * What hung on the old one goes with it. Locks (mlock) were of pages that are gone; the order to lock
 * what comes later (MCL_FUTURE) belonged to that address space too; and an attached segment is
 * attached to one process less.
 *
 * Look with: mincore(2) in the new program; smaps of it; shmctl(IPC_STAT).
 * Read on:   execve(2) "Effect on process attributes", mlockall(2), shmop(2); document 002.
 */
#include <stdio.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("execve leaves nothing of the old program's memory");

SPECIMEN(does_as_told);

#ifndef MAP_FIXED_NOREPLACE
#define MAP_FIXED_NOREPLACE 0x100000
#endif

enum { KINDS = 3, PAGES = 4 };

static char *const no_environment[] = {NULL};
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
		assert_accepted(execve(specimen_path(file), words, no_environment));
	}
	assert_equals(run.status, 0, "how the program ended");
	assert_equals(count_lines(run.output, "mapped=1\n"), 0, "pages of the old areas mapped");
	assert_equals(count_lines(run.output, "mapped=0\n"), KINDS * PAGES, "pages not mapped");
}

CLAIM(locks_are_not_kept, "exec-31",
      "Neither locks nor the order to lock all that will be mapped are kept in the new program",
      .needs = SPECIMENS | LOCKABLE_MEMORY | AREA_USAGE)
{
	int file = specimen_file(&does_as_told);
	char *const words[] = {"does_as_told", "break", "wait", NULL};

	START_PROGRAM(run) {
		char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

		arrange(mlock(area, PAGES * page_size()) == 0);
		if (mlockall(MCL_FUTURE) != 0) {
			undecided("needs leave to lock memory to come: raise ulimit -l");
		}
		assert_accepted(execve(specimen_path(file), words, no_environment));
	}
	assert_equals(specimen_said(&run, "above_moved"), 1, "whether its heap has grown");

	struct usage all = observe_usage_of(run.pid, "the new program", NULL, SIZE_MAX);

	assert_equals(all.locked, 0, "bytes locked in the new program");
	end_program(&run);
}

CLAIM(segments_are_detached, "exec-32",
      "An attached segment is attached to one process less after its execve",
      .needs = SPECIMENS | SYSV_MEMORY)
{
	int file = specimen_file(&does_as_told);
	int id = shmget(IPC_PRIVATE, page_size(), IPC_CREAT | 0600);
	char *attached = shmat(id, NULL, 0);
	struct shmid_ds state;

	arrange(shmctl(id, IPC_RMID, NULL) == 0 && attached != (char *)-1);
	START_PROGRAM(run) {
		arrange(shmctl(id, IPC_STAT, &state) == 0);
		assert_equals(state.shm_nattch, 2, "processes attached before execve");
		assert_accepted(execve(specimen_path(file),
				       (char *[]){"does_as_told", "wait", NULL}, no_environment));
	}
	arrange(shmctl(id, IPC_STAT, &state) == 0);
	assert_equals(state.shm_nattch, 1, "processes attached after it");
	end_program(&run);
}

CONTROL(fork_keeps_the_areas, "exec-02 exec-32",
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

CONTROL(a_program_can_lock_for_itself, "exec-31",
	"The same program has memory locked, and its new heap too, when it asks for that itself",
	.needs = SPECIMENS | LOCKABLE_MEMORY | AREA_USAGE)
{
	int file = specimen_file(&does_as_told);
	char order[20];

	snprintf(order, sizeof order, "lock=%d", MCL_FUTURE);
	START_PROGRAM(run) {
		execve(specimen_path(file),
		       (char *[]){"does_as_told", order, "break", "wait", NULL}, no_environment);
	}
	if (!specimen_said(&run, "above_moved")) {
		undecided("needs leave to lock a page of heap: raise ulimit -l");
	}
	assert_equals(observe_usage_of(run.pid, "the new program", NULL, SIZE_MAX).locked,
		      page_size(), "bytes locked in the new program");
	end_program(&run);
}
