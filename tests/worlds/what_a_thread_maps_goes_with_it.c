/* SPDX-License-Identifier: MIT */
/* What a thread has mapped is its own, and is gone when the thread ends. */
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "worlds/world.h"

static void *(*wanted_run)(void *);
static void *mapped = MAP_FAILED;
static size_t mapped_length;

static void *run_and_unmap(void *argument)
{
	void *result = wanted_run(argument);

	if (mapped != MAP_FAILED) {
		munmap(mapped, mapped_length);
		mapped = MAP_FAILED;
	}
	return result;
}

static int create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *),
		  void *argument)
{
	wanted_run = run;
	return pthread_create(thread, attributes, run_and_unmap, argument);
}

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	void *area = mmap(address, length, protection, flags, fd, offset);

	if (syscall(SYS_gettid) != getpid()) {
		mapped = area;
		mapped_length = length;
	}
	return area;
}

WORLD("A machine where what a thread maps goes with it",
      .breaks = "what_one_thread_maps_the_others_have",
      .spares = "what_one_thread_forbids_is_forbidden_to_all each_thread_shows_the_same_map vma-11",
      .mmap = map, .pthread_create = create);
