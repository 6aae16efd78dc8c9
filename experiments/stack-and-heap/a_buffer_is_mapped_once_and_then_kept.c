/* SPDX-License-Identifier: MIT */
/*
 * A buffer is mapped once, and then kept
 * ======================================
 *
 * Document 004 (20.5) shows a function that allocates a mebibyte, uses it, and frees it. "The system
 * sees possibly new page mappings, page faults when untouched pages are first accessed, and later
 * reclamation behavior that depends on the allocator and OS". It depends, moreover, on how often the
 * function has been called:
 *
 *      call       1                 2                 3              4
 *      glibc      mmap, munmap      heap grows        heap           heap
 *      faults     one a page        one a page        none           none
 *
 * Freeing the first buffer teaches glibc that such buffers come and go. The second one lies in the
 * heap, and stays there when it is freed: the third call finds its frames in place. With a
 * threshold fixed by mallopt(3), and with musl, each call pays for all pages again.
 *
 * Look with: getrusage(2) ru_minflt, strace(1).
 * Read on:   mallopt(3) M_MMAP_THRESHOLD; document 004 sections 20.5 and 4.4.
 */
#include <malloc.h>
#include <stdlib.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A buffer is mapped once, and then kept");

/* On 32 bits the threshold is raised to half a mebibyte at most. */
enum { LENGTH = sizeof(size_t) == 8 ? 1024 * 1024 : 384 * 1024, CALLS = 6 };

/* The function of the document; volatile, for compilers leave out what only free sees. */
static void process(void)
{
	char *volatile buffer = malloc(LENGTH);

	arrange(buffer);
	for (size_t i = 0; i < LENGTH; i += 64) {
		store(buffer + i, 'b');
	}
	free(buffer);
}

static size_t pages_of_buffer(void)
{
	return LENGTH / page_size();
}

CLAIM(the_first_call_faults_for_every_page, "heap-19",
      "The first call of the document's function takes a fault for each page of its buffer",
      .needs = FAULT_COUNTS)
{
	assert_at_least(faults_of(process()).minor, pages_of_buffer(),
			"minor faults of the first call");
}

CLAIM(later_calls_fault_no_more, "heap-19",
      "In glibc the third call and all that follow take no fault at all, and the break stays",
      .needs = GNU_MALLOC | FAULT_COUNTS)
{
	process();
	process();

	char *end = sbrk(0);

	for (int call = 3; call < CALLS; call++) {
		assert_equals(faults_of(process()).minor, 0, "minor faults of a later call");
		assert_address(sbrk(0), end, "the break");
	}
}

CONTROL(a_fixed_threshold_makes_every_call_pay, "heap-19",
	"With a threshold that mallopt has fixed each call takes a fault for each page",
	.needs = GNU_MALLOC | FAULT_COUNTS)
{
#ifdef __GLIBC__
	arrange(mallopt(M_MMAP_THRESHOLD, 128 * 1024) == 1);
#endif
	for (int call = 1; call < CALLS; call++) {
		struct faults faults = faults_of(process());

		assert_at_least(faults.minor, pages_of_buffer(), "minor faults of a call");
		assert_at_most(faults.minor, pages_of_buffer() + 8, "minor faults of a call");
	}
}
