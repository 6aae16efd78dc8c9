/* SPDX-License-Identifier: MIT */
/*
 * A wild store kills its own process and no other
 * ===============================================
 *
 * A bug should not bring the machine down (document 004, 14.4). A store through a pointer that points
 * anywhere can only be one of two things: it hits a page of the process itself, or it hits
 * none, and then the process ends by SIGSEGV. Another process, or the kernel, cannot be hit, for no
 * address of this process leads there.
 *
 *      wild process      store to 0x0, to a hole, to the kernel's half     ->  killed by SIGSEGV
 *      its sibling       reads its own bytes, over and over                ->  all as they were
 *      its parent        waits, and starts the next one                    ->  all as they were
 *
 * What one process may do to another is as much as they share. Two that live in one address space
 * (CLONE_VM, as threads do) have everything in common, the damage too.
 *
 * Look with: waitpid(2), and every byte of the others.
 * Read on:   clone(2), signal(7); document 004 sections 1 and 14.4.
 */
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A wild store kills its own process and no other");

enum { PAGES = 16, SEED = 16, WILD = 24 };

/* What a wild pointer may hold: page 0, a hole, and with 64 bits what is the kernel's or nobody's. */
static char *wild_address(size_t number, char *hole)
{
	const uintptr_t top = UINTPTR_MAX;

	switch (number % (sizeof top == 8 ? 4 : 2)) {
	case 0:
		return (char *)(number * page_size() / WILD);
	case 1:
		return hole + number;
	case 2:
		return (char *)(top - number * page_size() * page_size());
	default:
		return (char *)(top - top / 4 - number * page_size() * page_size() - number);
	}
}

/* The last act of a child: with the signals as after a fresh start, and without a core file. */
static void store_wildly(char *address)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	prctl(PR_SET_DUMPABLE, 0);
	signal(SIGSEGV, SIG_DFL);
	signal(SIGBUS, SIG_DFL);
	store(address, 'w');
	_exit(0);
}

static int status_of_wild_store(char *address)
{
	pid_t wild = fork();
	int status = 0;

	arrange(wild >= 0);
	if (wild == 0) {
		store_wildly(address);
	}
	arrange(waitpid(wild, &status, 0) == wild);
	return status;
}

/* A page of addresses that nothing is mapped to. */
static char *make_hole(void)
{
	char *hole = page(fresh_pages(3, MAP_PRIVATE), 1);

	arrange(munmap(hole, page_size()) == 0);
	return hole;
}

CLAIM(the_wild_process_is_killed, "prot-13",
      "A store to an address that leads nowhere ends its process by SIGSEGV, every time")
{
	char *hole = make_hole(), *area = filled_pages(PAGES, MAP_PRIVATE, SEED);

	for (size_t i = 0; i < WILD; i++) {
		int status = status_of_wild_store(wild_address(i, hole));

		assert_equals(WIFSIGNALED(status), 1, "whether a signal ended it");
		ck_assert_msg(WTERMSIG(status) == SIGSEGV || WTERMSIG(status) == SIGBUS,
			      "ended by signal %d", WTERMSIG(status));
	}
	assert_pattern(area, PAGES * page_size(), SEED, "what the parent has");
}

CLAIM(its_sibling_goes_on_unharmed, "prot-13",
      "A sibling finds all its bytes as they were, whatever the wild process wrote and where")
{
	char *hole = make_hole(), *area = filled_pages(PAGES, MAP_PRIVATE, SEED);
	struct child sibling;

	START_CHILD(sibling) {
		for (size_t i = 0; i < WILD; i++) {
			hand_over();
			assert_pattern(area, PAGES * page_size(), SEED, "what the sibling has");
		}
	}
	for (size_t i = 0; i < WILD; i++) {
		/* Every other store hits: a page of the process itself, which the sibling has too. */
		char *own = area + i * PAGES * page_size() / WILD;
		int status = status_of_wild_store(i % 2 ? own : wild_address(i, hole));

		assert_equals(WIFSIGNALED(status), i % 2 == 0, "whether a signal ended it");
		give_turn(&sibling);
	}
	end_child(&sibling);
	assert_pattern(area, PAGES * page_size(), SEED, "what the parent has");
}

static int store_to_the_last(void *area)
{
	store(page(area, PAGES) - 1, 'w');
	return 0;
}

CONTROL(in_one_address_space_all_are_hit, "prot-13",
	"A child that lives in the same address space (CLONE_VM) does change its parent's bytes")
{
	static char stack[64 * 1024] __attribute__((aligned(64)));
	char *area = filled_pages(PAGES, MAP_PRIVATE, SEED), *last = page(area, PAGES) - 1;

	store(last, 'p');

	pid_t child = clone(store_to_the_last, stack + sizeof stack,
			    CLONE_VM | CLONE_VFORK | SIGCHLD, area);

	arrange(child > 0 && waitpid(child, NULL, 0) == child);
	assert_byte(last, 'w', "what the parent finds");
}
