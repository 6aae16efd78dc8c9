/* SPDX-License-Identifier: MIT */
/*
 * A child may live in its parent's memory
 * =======================================
 *
 * Copy-on-write makes fork cheap, but not free: areas and page tables are still copied, for a child
 * that calls execve at once and throws them away. vfork(2) does without. It is clone(2) with
 * CLONE_VM, one memory for both, and CLONE_VFORK: the parent is suspended until the child ends,
 * or has a memory of its own (execve), lest the two run on one stack.
 *
 *      parent   --- clone            |.......suspended.......|--- reads what the child wrote
 *      child         \---- stores ---- stores ---- _exit or execve
 *                              |
 *                        the parent's memory
 *
 * With neither flag the same call is fork, and nothing that the child writes is ever seen.
 *
 * Look with: nothing but eyes.
 * Read on:   vfork(2), clone(2) CLONE_VM, CLONE_VFORK; documents 002 "fork revisited", 004 section
 *            18.1.
 */
#include <fcntl.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A child may live in its parent's memory");

SPECIMEN(where_am_i);

enum { PAGES = 16, AT_FORK = 1, CHILDS = 2, ONE_MEMORY = CLONE_VM | CLONE_VFORK };

/* What parent and child know of: the memory, and how to go on from there. */
struct common {
	char *area, *stack;
	int file, output; /* what to execute, and where its output goes */
};

static struct common prepare(void)
{
	return (struct common){.area = filled_pages(PAGES, MAP_PRIVATE, AT_FORK),
			       .stack = fresh_pages(PAGES, MAP_PRIVATE)};
}

/* Page by page, yielding in between, so that a parent that was not suspended would be seen. */
static int fill(void *context)
{
	struct common *common = context;

	for (size_t i = 0; i < PAGES; i++) {
		for (int k = 0; k < PAGES; k++) {
			sched_yield();
		}
		write_pattern(page(common->area, i), page_size(), CHILDS + (unsigned)i);
	}
	return 0;
}

static pid_t start(int (*run)(void *), int flags, struct common *common)
{
	pid_t pid = clone(run, page(common->stack, PAGES), flags | SIGCHLD, common);

	arrange(pid > 0);
	return pid;
}

CLAIM(the_parent_waits_for_its_end, "fork-45",
      "With CLONE_VFORK the parent goes on when the child has ended, and all that it wrote is "
      "there")
{
	struct common common = prepare();
	pid_t pid = start(fill, ONE_MEMORY, &common);

	for (unsigned i = 0; i < PAGES; i++) { /* without a waitpid */
		assert_pattern(page(common.area, i), page_size(), CHILDS + i,
			       "what it has written");
	}
	arrange(waitpid(pid, NULL, 0) == pid);
}

static int map_and_unmap(void *context)
{
	struct common *common = context;

	munmap(page(common->area, 1), page_size());
	mprotect(page(common->area, 3), page_size(), PROT_NONE);
	return 0;
}

CLAIM(its_mappings_are_its_parents, "fork-45",
      "What such a child unmaps or forbids is gone and forbidden in its parent as well")
{
	struct common common = prepare();
	pid_t pid = start(map_and_unmap, ONE_MEMORY, &common);

	arrange(waitpid(pid, NULL, 0) == pid);
	assert_trap(try_load(page(common.area, 1)), SIGSEGV, SEGV_MAPERR, page(common.area, 1));
	assert_trap(try_load(page(common.area, 3)), SIGSEGV, SEGV_ACCERR, page(common.area, 3));
	assert_no_trap(try_load(page(common.area, 2)));
}

static char told;

static int execute(void *context)
{
	struct common *common = context;
	char *arguments[] = {"where_am_i", NULL}, *environment[] = {NULL};

	store(&told, 'c');
	dup2(common->output, 1);
	syscall(SYS_execveat, common->file, "", arguments, environment, AT_EMPTY_PATH);
	return 1;
}

CLAIM(execve_parts_the_two, "fork-45",
      "execve gives the child a memory of its own, and its parent keeps all of the old one",
      .needs = SPECIMENS)
{
	struct common common = prepare();
	int ends[2], status;
	char first;
	pid_t pid;

	arrange(pipe(ends) == 0);
	common.file = specimen_file(&where_am_i);
	common.output = ends[1];
	pid = start(execute, ONE_MEMORY, &common);
	assert_byte(&told, 'c', "what the child wrote before");
	assert_pattern(common.area, PAGES * page_size(), AT_FORK, "what it did not write");
	arrange(waitpid(pid, &status, 0) == pid);
	assert_equals(status, 0, "how the program that was executed has ended");
	assert_equals(read(ends[0], &first, 1) == 1 && first == 's', true,
		      "whether it has said where its stack is");
}

CONTROL(without_the_flags_it_is_a_fork, "fork-45",
	"Without CLONE_VM the same child writes and unmaps in a copy, and its parent sees nothing")
{
	struct common common = prepare();
	pid_t one = start(fill, 0, &common), other;

	arrange(waitpid(one, NULL, 0) == one);
	other = start(map_and_unmap, CLONE_VFORK, &common);
	arrange(waitpid(other, NULL, 0) == other);
	assert_pattern(common.area, PAGES * page_size(), AT_FORK, "the parent's memory");
}
