/* SPDX-License-Identifier: MIT */
/* What a thread has counted is gone from its process's count when it ends. */
#include <stddef.h>
#include <sys/resource.h>

#include "worlds/world.h"

static void *(*wanted_run)(void *);
static volatile long gone;

static void *run_and_leave(void *argument)
{
	void *result = wanted_run(argument);
	struct rusage mine;

	getrusage(RUSAGE_THREAD, &mine);
	gone += mine.ru_minflt;
	return result;
}

static int create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *),
		  void *argument)
{
	wanted_run = run;
	return pthread_create(thread, attributes, run_and_leave, argument);
}

static int count(int who, struct rusage *usage)
{
	int answer = getrusage(who, usage);

	if (answer == 0 && who == RUSAGE_SELF) {
		usage->ru_minflt -= gone;
	}
	return answer;
}

WORLD("A machine where a thread takes its count along",
      .breaks = "what_an_ended_thread_has_counted_stays", .spares = "rusage-03 rusage-06 rusage-07",
      .getrusage = count, .pthread_create = create);
