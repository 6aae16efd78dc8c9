/* SPDX-License-Identifier: MIT */
/*
 * A program starts with nothing loaded
 * ====================================
 *
 * Document 004 says it three times (3.1, 6.6, 22): execve maps the executable file and loads none of it.
 * Code comes in when the first instruction is fetched, and that is a page fault; data when it is
 * first used. Before that first instruction the process has a map, and next to nothing behind it.
 *
 *      behind execve, before the first instruction           later
 *      code   . . . .                                        o o . .
 *      data   z . .        z: file and zeros share a page,   o . .
 *                             which the kernel had to fill
 *
 * The one page that is there is the last of data: where the file ends in the middle of it, the kernel
 * writes the zeros of bss into the rest, and by that makes it a page of the process's own.
 *
 * Look with: a stop behind execve (ptrace), and smaps, which walks the page tables.
 * Read on:   execve(2), ptrace(2), proc(5) "smaps"; document 004 sections 3.1, 6.6 and 22.
 */
#include <elf.h>
#include <link.h>
#include <sys/ptrace.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A program starts with nothing loaded");

SPECIMEN(does_as_told);

static struct specimen_run run;

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
		execve(specimen_path(file), WORDS("does_as_told", "pid"), NO_WORDS);
	}
	each_segment(run.pid, expect_nothing);
	arrange(ptrace(PTRACE_DETACH, run.pid, NULL, NULL) == 0);
	end_program(&run);
	assert_equals(run.status, 0, "how the program ended");
}

CONTROL(what_runs_becomes_resident, "exec-15",
	"When the program has run, some of its pages are resident", .needs = SPECIMENS | AREA_USAGE)
{
	int file = specimen_file(&does_as_told);

	START_PROGRAM(run) {
		execve(specimen_path(file), WORDS("does_as_told", "pid", "wait"), NO_WORDS);
	}
	each_segment(run.pid, sum_up);
	assert_at_least(resident, 2 * page_size(), "bytes of its segments that are resident");
	end_program(&run);
}
