/* SPDX-License-Identifier: MIT */
/*
 * A thread's stack is reserved in full, and filled as it is used
 * ==============================================================
 *
 * The mapped region holds libraries, files, large requests of the allocator and the stacks of
 * threads, says document 004 (3.5). A thread's stack is a mapping of its own, as long from the
 * first moment as it will ever be: what grows is only the number of its pages that have frames.
 *
 *      [stack]           the first thread's, grows by itself
 *      ...
 *      |......................oo|   another thread's: 4 MiB of addresses, some pages in use
 *      |  a large block         |   malloc asks mmap for these as well
 *      ...
 *      [heap]            small blocks
 *
 * So a thousand threads with 8 MiB each need eight gibibytes of addresses, and hardly any memory.
 *
 * Look with: /proc/self/maps, Rss in /proc/self/smaps.
 * Read on:   pthread_attr_setstacksize(3), malloc(3), mallopt(3); document 004 sections 3.3 and
 *            3.5.
 */
#include <pthread.h>
#include <stdlib.h>

#include <touchstone/experiment.h>

EXPERIMENT("A thread's stack is reserved in full, and filled as it is used");

enum { MIB = 1024 * 1024, STACK = 4 * MIB, SMALL_BLOCK = 100, LARGE_BLOCK = 32 * MIB };

struct thread_stack {
	bool fill;        /* store to every page of it first */
	struct area area; /* the area of a local variable */
	char *low;        /* where the stack starts, and how long it is */
	size_t size;
	struct usage usage;
	int unreachable; /* pages that could not be loaded from */
};

static void *look_at_own_stack(void *context)
{
	struct thread_stack *own = context;
	pthread_attr_t attributes;
	void *low;
	char here = 0;

	arrange(pthread_getattr_np(pthread_self(), &attributes) == 0);
	arrange(pthread_attr_getstack(&attributes, &low, &own->size) == 0);
	own->low = low;
	own->area = observe_area(&here);
	if (own->fill) {
		for (char *at = own->low; at < page_of(&here) - 4 * page_size();
		     at += page_size()) {
			store(at, 'f');
		}
	}
	own->usage = observe_usage("stack", own->low, own->size);
	for (char *at = own->low; !own->fill && at < own->low + own->size; at += page_size()) {
		own->unreachable += try_load(at).signal != 0;
	}
	pthread_attr_destroy(&attributes);
	return NULL;
}

static struct thread_stack stack_of_a_thread(bool fill)
{
	static struct thread_stack own;
	pthread_attr_t attributes;
	pthread_t thread;

	own = (struct thread_stack){.fill = fill};
	arrange(pthread_attr_init(&attributes) == 0);
	arrange(pthread_attr_setstacksize(&attributes, STACK) == 0);
	arrange((errno = pthread_create(&thread, &attributes, look_at_own_stack, &own)) == 0);
	arrange(pthread_join(thread, NULL) == 0);
	return own;
}

/* Neither [heap] nor [stack], and no file: what mmap gives when it is asked for memory. */
static void assert_of_mapped_region(struct area area)
{
	assert_equals(area.exists, true, "whether there is an area");
	assert_equals(area.inode, 0, "the file behind it");
	assert_equals(strcmp(area.name, "[heap]") == 0, false, "whether it is the heap");
	assert_equals(strcmp(area.name, "[stack]") == 0, false, "whether it is the main stack");
}

CLAIM(it_lies_in_the_mapped_region, "stack-12 layout-05",
      "A thread's local variable lies in an area that is neither the heap nor the main stack",
      .needs = AREA_LIST | AREA_USAGE)
{
	assert_of_mapped_region(stack_of_a_thread(false).area);
}

CLAIM(it_is_long_and_nearly_empty, "stack-12",
      "Of a stack of 4 MiB every page is mapped when the thread begins, less than an eighth "
      "resident",
      .needs = AREA_LIST | AREA_USAGE)
{
	struct thread_stack own = stack_of_a_thread(false);

	assert_at_least(own.size, STACK - 2 * page_size(), "bytes of the stack");
	assert_at_least(own.usage.size, own.size, "bytes of the areas that it lies in");
	assert_at_most(own.usage.rss, STACK / 8 - 1, "bytes resident when the thread begins");
	assert_equals(own.unreachable, 0, "pages that could not be loaded from");
}

CONTROL(a_stack_in_use_is_resident, "stack-12",
	"Once the thread has stored to its pages they are resident",
	.needs = AREA_LIST | AREA_USAGE)
{
	struct thread_stack own = stack_of_a_thread(true);

	assert_at_least(own.usage.rss, STACK - 16 * page_size(), "bytes resident");
}

/* volatile: nothing that the compiler may reason about, or leave out. */
static char *allocate(size_t length)
{
	char *volatile block = malloc(length);

	arrange(block);
	return block;
}

CLAIM(large_blocks_lie_there_too, "layout-05",
      "A block of 32 MiB lies, with both ends, in an area that is not the heap",
      .needs = GNU_MALLOC | AREA_LIST)
{
	char *block = allocate(LARGE_BLOCK);

	assert_of_mapped_region(observe_area(block));
	assert_of_mapped_region(observe_area(block + LARGE_BLOCK - 1));
}

CONTROL(small_blocks_lie_in_the_heap, "layout-05", "A block of 100 bytes lies in the heap",
	.needs = GNU_MALLOC | AREA_LIST)
{
	assert_text(observe_area(allocate(SMALL_BLOCK)).name, "[heap]", "name of the area");
}
