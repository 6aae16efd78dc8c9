/* SPDX-License-Identifier: MIT */
/*
 * Threads share one address space, processes do not
 * =================================================
 *
 * Documents 002 and 003 speak of the address space of a process. It is one object of the kernel,
 * and all threads of the process have the same one. What one of them maps is there for the
 * others at once, what it forbids is forbidden to all, and what it unmaps is gone. A forked
 * child has a copy instead, made at that moment: of what is mapped afterwards it knows nothing.
 *
 *      thread A   ---+
 *      thread B   ---+---> areas, page table             child ---> a copy of both
 *
 * The threads take turns at a barrier. Each claim is made in both directions: the first thread
 * is nothing special.
 *
 * Look with: loads and stores that may trap.
 * Read on:   clone(2) CLONE_VM, pthreads(7), fork(2); documents 002, 003.
 */
#include <pthread.h>
#include <sys/syscall.h>

#include <touchstone/experiment.h>

EXPERIMENT("Threads share one address space, processes do not");

enum { PAGES = 4, SEED = 3, ROUNDS = 3 };

/* What one thread asks another to do. */
struct errand {
	void (*run)(struct errand *errand);
	char *area; /* where, or what came of it */
	struct trap trap;
	int answer;
};

static void *run_errand(void *errand)
{
	((struct errand *)errand)->run(errand);
	return NULL;
}

static void in_another_thread(struct errand *errand, void (*run)(struct errand *errand))
{
	pthread_t thread;

	errand->run = run;
	errno = pthread_create(&thread, NULL, run_errand, errand);
	arrange(errno == 0 && pthread_join(thread, NULL) == 0);
}

static void map(struct errand *errand)
{
	errand->area = mmap(NULL, PAGES * page_size(), PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (errand->area != MAP_FAILED) {
		write_pattern(errand->area, PAGES * page_size(), SEED);
	}
}

static void unmap_second_page(struct errand *errand)
{
	errand->answer = munmap(page(errand->area, 1), page_size());
}

static void forbid_stores(struct errand *errand)
{
	errand->answer = mprotect(errand->area, PAGES * page_size(), PROT_READ);
}

static void try_each_store(struct errand *errand)
{
	errand->trap = try_store(page(errand->area, errand->answer), 's');
}

CLAIM(what_one_thread_maps_the_others_have, "vma-05",
      "What one thread has mapped and written another reads and writes, each byte, both ways")
{
	static struct errand errand;

	for (int round = 0; round < ROUNDS; round++) {
		in_another_thread(&errand, map);
		arrange(errand.area != MAP_FAILED);
		assert_pattern(errand.area, PAGES * page_size(), SEED, "what another has mapped");
		map(&errand);
		errand.answer = PAGES - 1;
		in_another_thread(&errand, try_each_store);
		assert_no_trap(errand.trap);
		assert_byte(page(errand.area, PAGES - 1), 's', "what another has stored");
	}
}

CLAIM(what_one_thread_forbids_is_forbidden_to_all, "vma-05",
      "munmap and mprotect by one thread hold for the others at once, and for all of its pages")
{
	static struct errand errand;

	map(&errand);
	arrange(errand.area != MAP_FAILED);
	in_another_thread(&errand, unmap_second_page);
	assert_equals(errand.answer, 0, "the other's munmap");
	assert_trap(try_load(page(errand.area, 1)), SIGSEGV, SEGV_MAPERR, page(errand.area, 1));
	map(&errand);
	in_another_thread(&errand, forbid_stores);
	assert_equals(errand.answer, 0, "the other's mprotect");
	for (size_t i = 0; i < PAGES; i++) {
		assert_trap(try_store(page(errand.area, i), 's'), SIGSEGV, SEGV_ACCERR,
			    page(errand.area, i));
	}

	map(&errand);
	unmap_second_page(&errand);
	errand.answer = 1;
	in_another_thread(&errand, try_each_store);
	assert_trap(errand.trap, SIGSEGV, SEGV_MAPERR, page(errand.area, 1));
	map(&errand);
	forbid_stores(&errand);
	errand.answer = PAGES - 1;
	in_another_thread(&errand, try_each_store);
	assert_trap(errand.trap, SIGSEGV, SEGV_ACCERR, page(errand.area, PAGES - 1));
	assert_pattern(errand.area, PAGES * page_size(), SEED,
		       "the page where it would have stored");
}

CONTROL(a_child_has_an_address_space_of_its_own, "vma-05",
	"What a parent maps, unmaps or forbids after the fork is of no consequence to its child")
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, SEED), *later;
	struct child child;

	START_CHILD(child) {
		char *mapped = reserve(PAGES);

		tell_parent(&mapped, sizeof mapped);
		arrange(munmap(mapped, PAGES * page_size()) == 0);
		hand_over();
		assert_trap(try_load(mapped), SIGSEGV, SEGV_MAPERR, mapped);
		assert_no_trap(try_store(page(area, PAGES - 1), load(page(area, PAGES - 1))));
		assert_pattern(area, PAGES * page_size(), SEED, "what the child still has");
	}
	hear_from(&child, &later, sizeof later);
	arrange(mmap(later, PAGES * page_size(), PROT_READ | PROT_WRITE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == later);
	arrange(munmap(page(area, 1), page_size()) == 0);
	arrange(mprotect(page(area, 2), 2 * page_size(), PROT_READ) == 0);
	end_child(&child);
}
