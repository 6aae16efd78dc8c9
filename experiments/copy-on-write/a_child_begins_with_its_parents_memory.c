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
 * Exact, but for what was marked otherwise: MADV_WIPEONFORK gives the child zeros (keys, the state
 * of random generators), MADV_DONTFORK gives it nothing at all, and MAP_SHARED one memory for both.
 *
 * Look with: nothing but eyes: every byte is compared.
 * Read on:   fork(2), madvise(2) MADV_WIPEONFORK, vfork(2); documents 002 "fork revisited", 004
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

static char *fresh_pages(int sharing)
{
	char *area = mmap(NULL, PAGES * page_size(), PROT_READ | PROT_WRITE,
			  sharing | MAP_ANONYMOUS, -1, 0);

	arrange(area != MAP_FAILED);
	return area;
}

CLAIM(every_kind_of_memory_is_inherited, "fork-03",
      "The child reads what the parent had written, in data, bss, heap, stack and mapping alike")
{
	char on_stack[LENGTH];
	char *mapped = fresh_pages(MAP_PRIVATE), *allocated = malloc(LENGTH);
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
	char *area = fresh_pages(MAP_PRIVATE);
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
	char *area = fresh_pages(MAP_PRIVATE);
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

/* Page 1 is the one that is marked; the pages on either side have patterns of their own. */
static char *fillings(void)
{
	char *area = fresh_pages(MAP_PRIVATE);

	for (unsigned i = 0; i < PAGES; i++) {
		write_pattern(page(area, i), page_size(), AT_FORK + i);
	}
	return area;
}

static void assert_fillings(const char *area, unsigned from, unsigned to, const char *what)
{
	for (unsigned i = from; i < to; i++) {
		assert_pattern(page(area, i), page_size(), AT_FORK + i, what);
	}
}

CLAIM(what_is_to_be_wiped_is_zero, "fork-03",
      "A page under MADV_WIPEONFORK is zero in child and grandchild, and kept in the parent")
{
	char *area = fillings();

	if (madvise(page(area, 1), page_size(), MADV_WIPEONFORK) != 0) {
		undecided("needs MADV_WIPEONFORK: Linux 4.14");
	}
	IN_CHILD {
		assert_fillings(area, 0, 1, "the page before, in the child");
		assert_all_bytes(page(area, 1), page_size(), 0, "the child's page that was to be wiped");
		assert_fillings(area, 2, PAGES, "the pages behind, in the child");
		store(page(area, 1), 'c');
		IN_CHILD {
			assert_all_bytes(page(area, 1), page_size(), 0, "the grandchild's page");
		}
	}
	assert_fillings(area, 0, PAGES, "what the parent reads");
}

CLAIM(what_is_not_to_be_forked_is_missing, "fork-03",
      "A page under MADV_DONTFORK is not there in the child, and untouched in the parent")
{
	char *area = fillings();

	assert_accepted(madvise(page(area, 1), page_size(), MADV_DONTFORK));
	IN_CHILD {
		assert_fillings(area, 0, 1, "the page before, in the child");
		assert_trap(try_load(page(area, 1)), SIGSEGV, SEGV_MAPERR, page(area, 1));
		assert_trap(try_load(page(area, 2) - 1), SIGSEGV, SEGV_MAPERR, page(area, 2) - 1);
		assert_fillings(area, 2, PAGES, "the pages behind, in the child");
	}
	assert_fillings(area, 0, PAGES, "what the parent reads");
}

CONTROL(shared_memory_has_no_moment_of_the_fork, "fork-03 fork-04",
	"In MAP_SHARED memory each reads what the other wrote last")
{
	char *area = fresh_pages(MAP_SHARED);
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
	char *area = fresh_pages(MAP_PRIVATE), *stack = fresh_pages(MAP_PRIVATE);
	pid_t pid = clone(write_into, page(stack, PAGES), CLONE_VM | CLONE_VFORK | SIGCHLD, area);

	arrange(pid > 0 && waitpid(pid, NULL, 0) == pid);
	assert_byte(area, 'c', "what the parent reads");
}
