/* SPDX-License-Identifier: MIT */
/*
 * A program starts with nothing loaded
 * ====================================
 *
 * Document 004 says it three times (3.1, 6.6, 22): execve maps the executable file and loads none of it.
 * Code comes in when the first instruction is fetched, and that is a page fault; a table of 64 MiB
 * that this run does not need is never read at all. So a program starts as fast as its first
 * pages can be had, however large its file is, and takes as much memory as it touches.
 *
 *      behind execve, before the first instruction           later
 *      code   . . . .                                        o o . .
 *      data   z . .        z: file and zeros share a page,   o . .
 *      table  . . . . . .     which the kernel had to fill   . . . . . .      never touched
 *
 * The one page that is there is the last of data: where the file ends in the middle of it, the kernel
 * writes the zeros of bss into the rest, and by that makes it a page of the process's own.
 *
 * Look with: a stop behind execve (ptrace), and smaps, which walks the page tables.
 * Read on:   execve(2), ptrace(2), proc(5) "smaps"; document 004 sections 3.1, 6.6 and 22.
 */
#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <stdio.h>
#include <sys/ptrace.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A program starts with nothing loaded");

SPECIMEN(does_as_told);

enum { SMALL = 16, LARGE = 1024, TABLE_AT = 4 * 65536, RATIO = 3 };

/* Where the table is linked to: above the specimen, below everything that the kernel places. */
static const uintptr_t table = 0x60000000;

static char *const no_environment[] = {NULL};
static struct specimen_run run;

/* The specimen with a table of so many pages of read-only data, from a hole of its file. */
static int program_with_table(size_t pages)
{
	struct specimen program = specimen_with_header(&does_as_told,
						       (ElfW(Phdr)){.p_type = PT_LOAD,
								    .p_flags = PF_R,
								    .p_offset = TABLE_AT,
								    .p_vaddr = table,
								    .p_filesz = pages * page_size(),
								    .p_memsz = pages * page_size(),
								    .p_align = 65536},
						       NULL, 0);
	int file = specimen_file(&program), writer = open_again(file, O_RDWR);

	arrange(ftruncate(writer, (off_t)(TABLE_AT + pages * page_size())) == 0);
	arrange(close(writer) == 0);
	return file;
}

/* Calls visit for each segment that is loaded: its area's usage, and whether it may be written. */
static void each_segment(pid_t process, void (*visit)(const struct usage *, bool))
{
	const ElfW(Ehdr) *elf = (const void *)does_as_told.bytes;
	const ElfW(Phdr) *segment = (const void *)(does_as_told.bytes + elf->e_phoff);

	for (int i = 0; i < elf->e_phnum; i++, segment++) {
		if (segment->p_type == PT_LOAD) {
			struct usage usage = observe_usage_of(
				process, segment->p_flags & PF_W ? "data" : "code or constants",
				(const void *)(uintptr_t)segment->p_vaddr, segment->p_memsz);

			visit(&usage, segment->p_flags & PF_W);
		}
	}
}

static size_t resident;

static void expect_nothing(const struct usage *usage, bool data)
{
	assert_equals(usage->rss - usage->anonymous, 0, "bytes of the file's pages resident");
	assert_at_most(usage->anonymous, data ? page_size() : 0, "bytes of its own resident");
	assert_at_least(usage->size, page_size(), "bytes of the area");
}

static void sum_up(const struct usage *usage, bool data)
{
	(void)data;
	resident += usage->rss;
}

CLAIM(nothing_is_resident_at_first, "exec-15",
      "Behind execve no page of code, constants or data is there, but the one that bss begins in",
      .needs = SPECIMENS | TRACING | AREA_USAGE)
{
	int file = specimen_file(&does_as_told);

	START_TRACED(run) {
		arrange(ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0);
		execve(specimen_path(file), (char *[]){"does_as_told", "pid", NULL},
		       no_environment);
	}
	each_segment(run.pid, expect_nothing);
	arrange(ptrace(PTRACE_DETACH, run.pid, NULL, NULL) == 0);
	end_program(&run);
	assert_equals(run.status, 0, "how the program ended");
}

CLAIM(an_unused_table_costs_nothing, "exec-16",
      "Of a table that the program does not use no page is resident, whatever its size",
      .needs = SPECIMENS | AREA_USAGE)
{
	static const size_t each[] = {SMALL, LARGE};

	for (size_t i = 0; i < 2; i++) {
		int file = program_with_table(each[i]);

		START_PROGRAM(run) {
			execve(specimen_path(file), (char *[]){"does_as_told", "pid", "wait", NULL},
			       no_environment);
		}

		struct usage used = observe_usage_of(run.pid, "table", (const void *)table,
						     each[i] * page_size());

		assert_equals(used.size, each[i] * page_size(), "bytes of the table's area");
		assert_equals(used.rss, 0, "bytes of the table that are resident");
		end_program(&run);
	}
}

static int small_file, large_file;

static void start_and_end(int file)
{
	START_PROGRAM(run) {
		execve(specimen_path(file), (char *[]){"does_as_told", "", NULL}, no_environment);
	}
}

static void run_small(void *unused)
{
	(void)unused;
	start_and_end(small_file);
}

static void run_large(void *unused)
{
	(void)unused;
	start_and_end(large_file);
}

CLAIM(a_large_file_starts_as_fast, "exec-16",
      "To start and end a program takes less than three times as long if it is 64 times larger",
      .needs = SPECIMENS | TIMING)
{
	struct race race = {.slow = run_large, .fast = run_small, .at_most = RATIO};

	small_file = program_with_table(SMALL);
	large_file = program_with_table(LARGE);
	assert_race(&race, "a program with a large table, against one with a small one");
}

CONTROL(what_runs_becomes_resident, "exec-15",
	"When the program has run, some of its pages are resident", .needs = SPECIMENS | AREA_USAGE)
{
	int file = specimen_file(&does_as_told);

	START_PROGRAM(run) {
		execve(specimen_path(file), (char *[]){"does_as_told", "pid", "wait", NULL},
		       no_environment);
	}
	each_segment(run.pid, sum_up);
	assert_at_least(resident, 2 * page_size(), "bytes of its segments that are resident");
	end_program(&run);
}

CONTROL(a_table_in_use_is_resident, "exec-16",
	"Of a table that the program reads each page read is resident",
	.needs = SPECIMENS | AREA_USAGE)
{
	int file = program_with_table(SMALL);
	char from[40], load[20];

	snprintf(from, sizeof from, "load_from=%lu", (unsigned long)table);
	snprintf(load, sizeof load, "load=%d", SMALL);
	START_PROGRAM(run) {
		execve(specimen_path(file), (char *[]){"does_as_told", from, load, "wait", NULL},
		       no_environment);
	}
	assert_equals(
		observe_usage_of(run.pid, "table", (const void *)table, SMALL * page_size()).rss,
		SMALL * page_size(), "bytes of the table that are resident");
	end_program(&run);
}
