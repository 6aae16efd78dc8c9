/* SPDX-License-Identifier: MIT */
/*
 * A child begins with its parent's memory, and goes its own way
 * =============================================================
 *
 * When fork returns, says document 002, the new process "has an exact copy of the virtual memory
 * as it existed when fork was called", and the subsequent writes of either process stay its own.
 * Whatever trick stands behind it, this is what programs rely on: all bytes, of every kind of
 * private memory; as of the fork, not as of the first look; both ways.
 *
 *      parent    a a a a ---+--- a p a a          p: written by the parent after the fork
 *                           |
 *      child                +--- a a c a          c: written by the child
 *                         fork
 *
 * The fork is a moment for private memory only: MAP_SHARED is one memory for both. And a process
 * made by clone(CLONE_VM), as vfork(2) does it, has no copy at all: it lives in its parent's
 * memory.
 *
 * Look with: nothing but eyes: every byte is compared.
 * Read on:   fork(2), vfork(2), clone(2) CLONE_VM; documents 002 "fork revisited", 004
 *            section 1.
 */
#include <sched.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A child begins with its parent's memory, and goes its own way");

enum { PAGES = 4, LENGTH = 20000, AT_FORK = 1, PARENTS = 2, CHILDS = 3 };

static char in_bss[LENGTH];
static char in_data[LENGTH] = {1};

CLAIM(every_kind_of_memory_is_inherited, "fork-03",
      "The child reads what the parent had written, in data, bss, heap, stack and mapping alike")
{
	char on_stack[LENGTH];
	char *mapped = fresh_pages(PAGES, MAP_PRIVATE), *allocated = malloc(LENGTH);
	char *each[] = {in_bss, in_data, on_stack, mapped, allocated};

	arrange(allocated);
	for (unsigned i = 0; i < 5; i++) {
		write_pattern(each[i], i == 3 ? PAGES * page_size() : LENGTH, AT_FORK + i);
	}
	IN_CHILD {
		assert_pattern(in_bss, LENGTH, AT_FORK, "bss");
		assert_pattern(in_data, LENGTH, AT_FORK + 1, "data");
		assert_pattern(on_stack, LENGTH, AT_FORK + 2, "stack");
		assert_pattern(mapped, PAGES * page_size(), AT_FORK + 3, "mapping");
		assert_pattern(allocated, LENGTH, AT_FORK + 4, "heap");
	}
}

CLAIM(the_copy_is_as_of_the_fork, "fork-03 fork-04",
      "What the parent writes after the fork does not reach the child, though it looks only then")
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);
	struct child other;

	write_pattern(area, (PAGES - 1) * page_size(), AT_FORK); /* the last page stays untouched */
	START_CHILD(other) {
		hand_over();
		assert_pattern(area, (PAGES - 1) * page_size(), AT_FORK, "what the child reads");
		assert_all_bytes(page(area, PAGES - 1), page_size(), 0, "the page nobody touched");
	}
	write_pattern(area, PAGES * page_size(), PARENTS);
	end_child(&other);
	assert_pattern(area, PAGES * page_size(), PARENTS, "what the parent reads");
}

CLAIM(each_reads_its_own, "fork-04",
      "Parent and child write the same bytes by turns, and each reads its own values every time")
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);
	struct child other;

	write_pattern(area, PAGES * page_size(), AT_FORK);
	START_CHILD(other) {
		write_pattern(area, PAGES * page_size(), CHILDS); /* the child is the first */
		hand_over();
		assert_pattern(area, PAGES * page_size(), CHILDS, "what the child reads");
		write_pattern(area, PAGES * page_size(), CHILDS + 1); /* and the last */
	}
	assert_pattern(area, PAGES * page_size(), AT_FORK, "what the parent reads");
	write_pattern(area, PAGES * page_size(), PARENTS);
	end_child(&other);
	assert_pattern(area, PAGES * page_size(), PARENTS, "what the parent reads at last");
}

CONTROL(shared_memory_has_no_moment_of_the_fork, "fork-03 fork-04",
	"In MAP_SHARED memory each reads what the other wrote last")
{
	char *area = fresh_pages(PAGES, MAP_SHARED);
	struct child other;

	write_pattern(area, PAGES * page_size(), AT_FORK);
	START_CHILD(other) {
		hand_over();
		assert_pattern(area, PAGES * page_size(), PARENTS, "what the child reads");
		write_pattern(area, PAGES * page_size(), CHILDS);
	}
	write_pattern(area, PAGES * page_size(), PARENTS);
	end_child(&other);
	assert_pattern(area, PAGES * page_size(), CHILDS, "what the parent reads at last");
}

static int write_into(void *byte)
{
	store(byte, 'c');
	return 0;
}

CONTROL(a_process_may_also_share_the_address_space, "fork-04",
	"A child made with CLONE_VM writes into its parent's private memory")
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE), *stack = fresh_pages(PAGES, MAP_PRIVATE);
	pid_t pid = clone(write_into, page(stack, PAGES), CLONE_VM | CLONE_VFORK | SIGCHLD, area);

	arrange(pid > 0 && waitpid(pid, NULL, 0) == pid);
	assert_byte(area, 'c', "what the parent reads");
}
