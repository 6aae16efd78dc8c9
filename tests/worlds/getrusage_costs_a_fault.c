/* SPDX-License-Identifier: MIT */
/* Each call of getrusage uses a page that nobody has used before. */
#include <sys/mman.h>
#include <sys/resource.h>

#include <touchstone/memory.h>
#include <touchstone/outcome.h>

#include "worlds/world.h"

static int count(int who, struct rusage *usage)
{
	char *scratch = mmap(NULL, page_size(), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
			     -1, 0);

	arrange(scratch != MAP_FAILED);
	store(scratch, 1);
	return getrusage(who, usage);
}

WORLD("A machine where counting faults costs one",
      .breaks = "counting_is_free_the_second_time"
		" starting_and_counting_take_faults_too.an_answer_stored_in_a_new_page_costs_one"
		" each_thread_has_a_count_of_its_own.a_page_is_charged_once "
		"new_memory_shows_as_minor_faults waiting_shows_as_switches "
		"computing_moves_no_counter",
      .spares = "a_program_has_faulted_before_main lazy-16", .getrusage = count);
