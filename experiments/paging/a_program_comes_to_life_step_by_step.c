/* SPDX-License-Identifier: MIT */
/*
 * A program comes to life step by step
 * ====================================
 *
 * Document 004 (section 22) tells in ten steps what a double click does. Some of them can be
 * watched, by stopping the program between them:
 *
 *      steps 1-4   the file is open, the areas are mapped,     stop behind execve
 *                  and nothing is loaded
 *      steps 5-7   it executes; what it touches is brought     stop at its first system call
 *      step 9      its working set stays as it is              it waits, having run for a while
 *
 * The story is right for a program without libraries. Those of a dynamic program are not mapped
 * in step 3: the loader, a program itself, maps them after step 5. And "loaded" is less than it
 * sounds: pages of a file that are in the page cache are only entered, some neighbours along with
 * each.
 *
 * Look with: ptrace(2), which stops the program, and smaps, which tells what of each area is there.
 * Read on:   execve(2), ptrace(2), proc(5) "smaps"; document 004 section 22.
 */
#include <elf.h>
#include <link.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A program comes to life step by step");

SPECIMEN(does_as_told);

enum { WORKING_SET = 16 }; /* pages that it stores into when it is told "phases" */

static struct specimen_run run;

/* What its segments of this kind use, code (PF_X) or data (PF_W). */
static struct usage segment(ElfW(Word) kind)
{
	const ElfW(Ehdr) *elf = (const void *)does_as_told.bytes;
	const ElfW(Phdr) *each = (const void *)(does_as_told.bytes + elf->e_phoff);
	int i = 0;

	while (i < elf->e_phnum && !(each[i].p_type == PT_LOAD && each[i].p_flags & kind)) {
		i++;
	}
	arrange(i < elf->e_phnum);
	return observe_usage_of(run.pid, kind == PF_X ? "code" : "data",
				(const void *)(uintptr_t)each[i].p_vaddr, each[i].p_memsz);
}

/* Bytes of its own data that are there when it has run through its phases so often, and waits. */
static size_t settles_at(char *more, char *still_more)
{
	int file = specimen_file(&does_as_told);

	START_PROGRAM(run) {
		execve(specimen_path(file), WORDS("program", "phases", more, still_more, "wait"),
		       NO_WORDS);
	}

	size_t own = segment(PF_W).anonymous;

	end_program(&run);
	return own;
}

CLAIM(the_steps_come_in_their_order, "e2e-01",
      "First the areas are there, then the pages of code that run, and then the data that are used",
      .needs = SPECIMENS | TRACING | AREA_USAGE)
{
	int file = specimen_file(&does_as_told), status;

	START_TRACED(run) {
		arrange(ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0);
		execve(specimen_path(file), WORDS("program", "phases", "wait"), NO_WORDS);
	}
	assert_at_least(segment(PF_X).size, page_size(), "bytes of code mapped, behind execve");
	assert_at_least(segment(PF_W).size, WORKING_SET * page_size(), "bytes of data mapped");
	assert_equals(segment(PF_X).rss, 0, "bytes of code resident, behind execve");
	assert_at_most(segment(PF_W).rss, page_size(), "bytes of data resident: bss's first page");

	arrange(ptrace(PTRACE_SYSCALL, run.pid, NULL, NULL) == 0);
	arrange(waitpid(run.pid, &status, 0) == run.pid && WIFSTOPPED(status));
	assert_at_least(segment(PF_X).rss, page_size(), "bytes of code, at the first system call");
	assert_at_most(segment(PF_W).anonymous, WORKING_SET / 2 * page_size(), "bytes of own data");

	arrange(ptrace(PTRACE_DETACH, run.pid, NULL, NULL) == 0);
	hear_program(&run);
	assert_at_least(segment(PF_W).anonymous, WORKING_SET * page_size(), "bytes of own data");
	end_program(&run);
	assert_equals(run.status, 0, "how the program ended");
}

CLAIM(the_working_set_settles, "e2e-01",
      "When the program does the same three times over, no byte more of it is resident",
      .needs = SPECIMENS | AREA_USAGE)
{
	size_t once = settles_at("-", "-");

	assert_equals(settles_at("phases", "-"), once, "bytes of own data after the second time");
	assert_equals(settles_at("phases", "phases"), once, "bytes of own data after the third");
}

CONTROL(what_is_locked_has_no_such_steps, "e2e-01",
	"With its memory locked at the start all of its data are resident before they are used",
	.needs = SPECIMENS | AREA_USAGE | LOCKABLE_MEMORY)
{
	int file = specimen_file(&does_as_told);
	char lock[20];

	snprintf(lock, sizeof lock, "lock=%d", MCL_CURRENT);
	START_PROGRAM(run) {
		execve(specimen_path(file), WORDS("program", lock, "wait"), NO_WORDS);
	}
	if (!specimen_said(&run, "locked")) {
		undecided("needs leave to lock a program's memory: raise ulimit -l");
	}

	struct usage data = segment(PF_W);

	assert_equals(data.rss, data.size, "bytes of data resident, of all there are");
	end_program(&run);
}
