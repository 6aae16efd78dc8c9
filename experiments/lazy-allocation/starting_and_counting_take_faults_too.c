/* SPDX-License-Identifier: MIT */
/*
 * Starting a program takes page faults, and so may counting them
 * ==============================================================
 *
 * The program of document 001 asks getrusage(2) for its page faults three times: when main
 * begins, once more, and after it has filled a buffer of 1 MiB:
 *
 *      exec            main     getrusage        fill        getrusage
 *       |---------------|-----------|--------------------------|
 *           80 faults         4            256 faults
 *
 * The 256 can be foretold, and have an experiment of their own. The 80 and the 4 cannot. Starting
 * touches the loader, the C library, the first page of the stack, of the data, of the heap, and how
 * many those are depends on the machine, the library and the way of linking. Nor does execve(2)
 * set the counter back: what the shell's child touched before it became the program is in the 80.
 *
 * The 4 are not the price of getrusage. Whatever is used for the first time may fault, its code,
 * its data, or the page that the answer is stored in; used once more, it costs nothing. Hence the
 * rule for whoever measures: measure once and throw it away, then measure.
 *
 * Look with: getrusage(2), ru_minflt.
 * Read on:   getrusage(2), execve(2), vfork(2); document 001 "Observations".
 */
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Starting a program takes page faults, and so may counting them");

/* The one observation that comes too late in a claim: what had been counted before main. */
static long faults_before_main;

__attribute__((constructor)) static void count_before_main(void)
{
	faults_before_main = faults_now().minor;
}

CLAIM(a_program_has_faulted_before_main, "fault-14",
      "Before main begins a program has taken page faults already", .needs = FAULT_COUNTS)
{
	assert_at_least(faults_before_main, 1, "minor faults before main");
}

CLAIM(counting_is_free_the_second_time, "fault-15",
      "Reading the fault counter adds no fault to it once it has been read", .needs = FAULT_COUNTS)
{
	struct rusage readings[4];

	for (int i = 0; i < 4; i++) {
		getrusage(RUSAGE_SELF, &readings[i]);
	}
	for (int i = 1; i < 4; i++) {
		assert_equals(readings[i].ru_minflt - readings[i - 1].ru_minflt, 0,
			      "minor faults between one reading and the next");
	}
}

/* The child has its parent's memory, and stores there what it has counted. */
static pid_t vfork_and_count(volatile long *first)
{
	pid_t pid = vfork();

	if (pid == 0) {
		*first = faults_now().minor;
		_exit(0);
	}
	return pid;
}

CONTROL(a_vforked_child_begins_at_nought, "fault-14",
	"A child that starts no program, and borrows all its parent's pages, counts from 0",
	.needs = FAULT_COUNTS)
{
	volatile long first = -1;
	pid_t pid = vfork_and_count(&first);

	arrange(pid > 0 && waitpid(pid, NULL, 0) == pid);
	assert_equals(first, 0, "minor faults at the child's first reading");
}

CONTROL(an_answer_stored_in_a_new_page_costs_one, "fault-15",
	"The reading itself costs a fault when its answer goes to a page not used before",
	.needs = FAULT_COUNTS)
{
	enum { ANSWERS = 4 };
	char *area = mmap(NULL, ANSWERS * page_size(), PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	arrange(area != MAP_FAILED);
	for (size_t i = 0; i < ANSWERS;
	     i++) { /* counted first, stored then: seen a reading later */
		getrusage(RUSAGE_SELF, (struct rusage *)page(area, i));
	}
	for (size_t i = 1; i < ANSWERS; i++) {
		assert_equals(((struct rusage *)page(area, i))->ru_minflt -
				      ((struct rusage *)page(area, i - 1))->ru_minflt,
			      1, "minor faults between one reading and the next");
	}
}
