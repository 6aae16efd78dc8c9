/* SPDX-License-Identifier: MIT */
/* What several worlds do: acts.h. */
#include "worlds/acts.h"

#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/memory.h>

enum { RANGES = 64 };

static struct range {
	char *start;
	size_t length;
} ranges[RANGES];
static size_t range_count;
static void (*at_first)(char *page);
static struct sigaction before;

static int left_by_private;
static void (*first_of_private)(char *page);

bool is_private(const struct mapping *mapping)
{
	return (mapping->flags & MAP_TYPE) == MAP_PRIVATE && (mapping->protection & PROT_WRITE);
}

bool is_of_file(const struct mapping *mapping)
{
	return !(mapping->flags & MAP_ANONYMOUS);
}

void part_pages(const struct mapping *mapping)
{
	for (size_t i = 0; is_private(mapping) && i < mapping->length / page_size(); i++) {
		unsigned char resident;

		if (mincore(page(mapping->start, i), page_size(), &resident) == 0 && resident & 1) {
			store(page(mapping->start, i), load(page(mapping->start, i)));
		}
	}
}

bool is_watched(const void *address)
{
	for (size_t i = 0; i < range_count; i++) {
		const char *start = ranges[i].start, *at = address;

		if (at >= start && at < start + ranges[i].length) {
			return true;
		}
	}
	return false;
}

static void on_trap(int signal, siginfo_t *info, void *context)
{
	char *at = page_of(info->si_addr);

	if (is_watched(at) && mprotect(at, page_size(), PROT_READ | PROT_WRITE) == 0) {
		at_first(at);
	} else {
		before.sa_sigaction(signal, info, context);
	}
}

static void nothing(char *page)
{
	(void)page;
}

static void add_range(char *start, size_t length)
{
	if (!is_watched(start) && range_count < RANGES) {
		ranges[range_count++] = (struct range){start, length};
	}
}

/* After a fork the handler's own code and stack cost faults: all is used once here. */
static void rehearse(void)
{
	char *spare = mmap(NULL, page_size(), PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	at_first = nothing;
	add_range(spare, page_size());
	store(spare, 1);
	munmap(spare, page_size());
	range_count--;
}

void watch(void *start, size_t length, int left, void (*first)(char *page))
{
	struct sigaction action = {.sa_sigaction = on_trap,
				   .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};

	if (!at_first) {
		sigemptyset(&action.sa_mask);
		sigaction(SIGSEGV, &action, &before);
	}
	rehearse();
	at_first = first;
	add_range(start, length);
	mprotect(start, length, left);
}

static void watch_if_private(const struct mapping *mapping)
{
	if (is_private(mapping)) {
		watch(mapping->start, mapping->length, left_by_private, first_of_private);
	}
}

void watch_private(int left, void (*first)(char *page))
{
	left_by_private = left;
	first_of_private = first;
	gate_each_mapping(watch_if_private);
}

#ifndef MADV_GUARD_REMOVE
#define MADV_GUARD_REMOVE 103 /* Linux 6.13 */
#endif

static void *(*wanted_start)(void *);
static size_t (*open_part)(size_t guard);

static void *open_guard_and_start(void *argument)
{
	pthread_attr_t attributes;
	size_t size, guard;
	void *low;

	pthread_getattr_np(pthread_self(), &attributes);
	pthread_attr_getstack(&attributes, &low, &size);
	pthread_attr_getguardsize(&attributes, &guard);
	if (open_part(guard) > 0) {
		mprotect((char *)low - guard, open_part(guard), PROT_READ | PROT_WRITE);
		madvise((char *)low - guard, open_part(guard), MADV_GUARD_REMOVE);
	}
	return wanted_start(argument);
}

int create_unguarded(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *),
		     void *argument, size_t (*part_of)(size_t guard))
{
	wanted_start = start;
	open_part = part_of;
	return pthread_create(thread, attributes, open_guard_and_start, argument);
}

long pass_on(long number, const long argument[6])
{
	return syscall(number, argument[0], argument[1], argument[2], argument[3], argument[4],
		       argument[5]);
}
