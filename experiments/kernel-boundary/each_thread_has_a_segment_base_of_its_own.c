/* SPDX-License-Identifier: MIT */
/*
 * Each thread has a segment base of its own
 * =========================================
 *
 * What is left of segmentation "is mostly used for special purposes such as thread-local storage"
 * (document 004, section 7.4). All threads of a program run the same instructions, and yet errno is
 * another variable in each. The instruction names it as so many bytes from the base of fs; and
 * this base the kernel changes along with the thread.
 *
 *      mov %fs:-8, %eax                   one instruction
 *
 *      thread 1: base 0x7f..700  ->  0x7f..6f8
 *      thread 2: base 0x7e..700  ->  0x7e..6f8
 *
 * The word at the base is the base itself, so that a program finds out where it is.
 *
 * Look with: arch_prctl(ARCH_GET_FS); the addresses of a _Thread_local variable and of a global one.
 * Read on:   arch_prctl(2), set_thread_area(2); document 004 section 7.4.
 */
#include <pthread.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Each thread has a segment base of its own");

enum { THREADS = 3, GET_FS = 0x1003 };

static _Thread_local volatile int local;
static volatile int global;

struct seen {
	uintptr_t base;  /* as the kernel tells it */
	uintptr_t word;  /* at the very base */
	uintptr_t local; /* where the variables are */
	uintptr_t global;
	int value; /* of the local one, at first */
};

static void *look(void *result)
{
	struct seen *seen = result;

#if defined(__x86_64__) && !defined(__ILP32__)
	if (syscall(SYS_arch_prctl, GET_FS, &seen->base) != 0) {
		seen->base = 0;
	}
	__asm__ volatile("mov %%fs:0, %0" : "=r"(seen->word));
#endif
	seen->local = (uintptr_t)&local;
	seen->global = (uintptr_t)&global;
	seen->value = local;
	local = 'x';
	__atomic_add_fetch(&global, 1, __ATOMIC_SEQ_CST);
	return NULL;
}

/* What this thread and some more see; all of them are there until the last one has looked. */
static void look_in_each(struct seen seen[THREADS])
{
	pthread_t thread[THREADS];

#if !defined(__x86_64__) || defined(__ILP32__)
	undecided("needs an x86-64 program: elsewhere the base is in another register (i386: gs)");
#endif
	look(&seen[0]);
	for (size_t i = 1; i < THREADS; i++) {
		/* The stack and the base of one that was not joined are given to nobody else. */
		arrange(pthread_create(&thread[i], NULL, look, &seen[i]) == 0);
	}
	for (size_t i = 1; i < THREADS; i++) {
		arrange(pthread_join(thread[i], NULL) == 0);
	}
}

CLAIM(the_base_is_another_in_each, "seg-02",
      "Each thread has another base, and the word at the base is the base as the kernel tells it")
{
	struct seen seen[THREADS];

	look_in_each(seen);
	for (size_t i = 0; i < THREADS; i++) {
		assert_address(seen[i].word, seen[i].base, "the word at the base of fs");
		for (size_t j = 0; j < i; j++) {
			assert_differs(seen[i].base, seen[j].base, "the base in another thread");
		}
	}
}

CLAIM(thread_local_variables_go_with_the_base, "seg-02",
      "A thread-local variable is equally far from the base in each thread, and is one for each")
{
	struct seen seen[THREADS];

	look_in_each(seen);
	for (size_t i = 0; i < THREADS; i++) {
		assert_equals(seen[i].local - seen[i].base, seen[0].local - seen[0].base,
			      "how far the variable is from the base");
		assert_equals(seen[i].value, 0, "what the thread finds in its own");
		for (size_t j = 0; j < i; j++) {
			assert_differs(seen[i].local, seen[j].local,
				       "the variable's address in another thread");
		}
	}
}

CONTROL(a_global_variable_is_one_for_all, "seg-02",
	"A global variable has the same address in each thread, and one value")
{
	struct seen seen[THREADS];

	look_in_each(seen);
	for (size_t i = 0; i < THREADS; i++) {
		assert_address(seen[i].global, &global, "the address of the global variable");
	}
	assert_equals(global, THREADS, "how often the threads have counted in it");
}
