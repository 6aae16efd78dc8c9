/* SPDX-License-Identifier: MIT */
/* Frames come from a store, each above the last one, and none is used twice. */
#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <sys/mman.h>

#include <touchstone/outcome.h>

#include "worlds/symbols.h"
#include "worlds/world.h"

enum { STACK = 256 * 1024, STACKS = 64 };

struct call {
	void (*deeper)(int depth);
	void (*fill)(unsigned char fill, void *told, bool calls_the_other);
	int depth;
	unsigned char with;
	void *told;
	bool calls_the_other;
};

static void (*deeper)(int depth);
static void (*fills[2])(unsigned char fill, void *told, bool calls_the_other);
static char *stacks;
static size_t used;

static void *run(void *context)
{
	struct call *call = context;

	if (call->deeper) {
		call->deeper(call->depth);
	} else {
		call->fill(call->with, call->told, call->calls_the_other);
	}
	return NULL;
}

/* pthread_join waits: it is a call all the same. */
static void call_elsewhere(struct call *call)
{
	pthread_attr_t attributes;
	pthread_t thread;

	arrange(used < STACKS && pthread_attr_init(&attributes) == 0);
	arrange(pthread_attr_setstack(&attributes, stacks + STACK * used++, STACK) == 0);
	arrange((errno = pthread_create(&thread, &attributes, run, call)) == 0);
	arrange(pthread_join(thread, NULL) == 0);
}

static void go_deeper(int depth)
{
	call_elsewhere(&(struct call){.deeper = deeper, .depth = depth});
}

static void fill_first(unsigned char with, void *told, bool calls_the_other)
{
	call_elsewhere(&(struct call){NULL, fills[0], 0, with, told, calls_the_other});
}

static void fill_second(unsigned char with, void *told, bool calls_the_other)
{
	call_elsewhere(&(struct call){NULL, fills[1], 0, with, told, calls_the_other});
}

static void divert(void)
{
	typeof(deeper) *call_deeper = variable_named("call_deeper", sizeof deeper);
	typeof(fills[0]) *functions = variable_named("functions_in_turn", sizeof fills);

	stacks = mmap(NULL, (size_t)STACK * STACKS, PROT_READ | PROT_WRITE,
		      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	arrange(stacks != MAP_FAILED);
	deeper = *call_deeper;
	fills[0] = functions[0];
	fills[1] = functions[1];
	*call_deeper = go_deeper;
	functions[0] = fill_first;
	functions[1] = fill_second;
}

WORLD("A machine where each call has a stack of its own",
      .breaks = "deeper_calls_lie_lower stack-06 the_next_call_overwrites_what_is_left "
		"a_call_within_a_call_has_another",
      .spares = "a_block_of_the_heap_persists the_area_grows_at_its_lower_end", .enter = divert);
