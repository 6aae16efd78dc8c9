/* SPDX-License-Identifier: MIT */
/*
 * The pager. A page of its memory is
 *
 *   absent    no frame: by events it can be accessed, so that userfaultfd tells; else PROT_NONE
 *   closed    has a frame, PROT_NONE: the next access is noticed
 *   clean     has a frame, PROT_READ: a store is noticed
 *   changed   has a frame, PROT_READ | PROT_WRITE
 *
 * Exactly one thread works on the pager at a time: the program's own, in its SIGSEGV handler, or the
 * one that serves events, while the program's waits for it.
 */
#include "arrange/pager.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/expect.h>
#include <touchstone/memory.h>
#include <touchstone/outcome.h>

#ifndef UFFD_USER_MODE_ONLY
#define UFFD_USER_MODE_ONLY 1
#endif

enum { SERVER_STACK = 256 * 1024 };
enum { CLOSED = PROT_NONE, CLEAN = PROT_READ, CHANGED = PROT_READ | PROT_WRITE };

int (*pager_mprotect)(void *address, size_t length, int protection) = mprotect;
int (*pager_madvise)(void *address, size_t length, int advice) = madvise;

static struct pager *running;
static int protection_of[PAGER_PAGES];
static struct sigaction before;
static pthread_t server;
static int stop[2]; /* a pipe: the server stops when it is closed */

static void protect(size_t number, int protection)
{
	arrange(pager_mprotect(page(running->memory, number), page_size(), protection) == 0);
	protection_of[number] = protection;
}

static void watch_again(struct frames *frames, size_t frame)
{
	protect(frames->held[frame].page, CLOSED);
}

/* Its frame is given up; what was stored to it is written back first. */
static void evict(const struct held *victim)
{
	char *memory = page(running->memory, victim->page);

	if (victim->changed) {
		protect(victim->page, CLEAN); /* it may be closed, and has to be read */
		memcpy(page(running->store, victim->page), memory, page_size());
		running->written++;
	} else {
		running->dropped++;
	}
	arrange(pager_madvise(memory, page_size(), MADV_DONTNEED) == 0);
	protect(victim->page, running->by_events ? CHANGED : CLOSED);
	running->last_victim = victim->page;
}

/* A page without a frame was accessed: everything but reading it in. */
static void make_room_for(size_t number)
{
	struct held victim;

	running->faults++;
	frames_access(&running->frames, number, &victim);
	if (victim.page != NO_PAGE) {
		evict(&victim);
	}
	running->read++;
}

/* A page that has a frame was accessed: it was watched, or it is stored to for the first time. */
static void notice(size_t number)
{
	struct held *held = &running->frames.held[frame_of(&running->frames, number)];

	running->noticed++;
	if (protection_of[number] == CLOSED) {
		held->used = running->frames.now + 1;
		held->referenced = true;
		protect(number, held->changed ? CHANGED : CLEAN);
	} else {
		held->changed = true;
		protect(number, CHANGED);
	}
}

/* userfaultfd(2): each message is a thread that waits for a page. */
static void *serve_events(void *nothing)
{
	struct uffd_msg event;
	struct pollfd ready[] = {{running->events, POLLIN, 0}, {stop[0], POLLIN, 0}};

	while (poll(ready, 2, -1) > 0 && !ready[1].revents) {
		if (read(running->events, &event, sizeof event) != (ssize_t)sizeof event) {
			continue;
		}

		char *at = page_of((char *)(uintptr_t)event.arg.pagefault.address);
		size_t number = (size_t)(at - running->memory) / page_size();
		struct uffdio_copy copy = {(uintptr_t)at, (uintptr_t)page(running->store, number),
					   page_size(), 0, 0};

		make_room_for(number);
		protect(number, CLEAN); /* whoever waits goes on once the page is there */
		arrange(ioctl(running->events, UFFDIO_COPY, &copy) == 0);
	}
	return nothing;
}

static void serve_signal(int signal, siginfo_t *info, void *context)
{
	char *at = info->si_addr;

	if (at < running->memory || at >= page(running->memory, running->pages)) {
		if (before.sa_flags & SA_SIGINFO) {
			before.sa_sigaction(signal, info, context);
		} else {
			sigaction(SIGSEGV, &before,
				  NULL); /* the access is repeated, as without us */
		}
		return;
	}

	size_t number = (size_t)(page_of(at) - running->memory) / page_size();

	if (frame_of(&running->frames, number) != NO_PAGE) {
		notice(number);
		return;
	}
	make_room_for(number);
	protect(number, CHANGED);
	memcpy(page(running->memory, number), page(running->store, number), page_size());
	protect(number, CLEAN);
}

static char *pages_for(size_t count, int protection)
{
	char *area = mmap(NULL, count * page_size(), protection, MAP_PRIVATE | MAP_ANONYMOUS, -1,
			  0);

	arrange(area != MAP_FAILED);
	return area;
}

static bool start_server(void)
{
	pthread_attr_t attributes;
	bool started;

	if (pipe2(stop, O_CLOEXEC) != 0 || pthread_attr_init(&attributes) != 0) {
		return false;
	}
	started = pthread_attr_setstacksize(&attributes, SERVER_STACK) == 0 &&
		  pthread_create(&server, &attributes, serve_events, NULL) == 0;

	pthread_attr_destroy(&attributes);
	return started;
}

/* Whether userfaultfd will tell of this process's own faults on the memory. */
static bool start_events(struct pager *pager)
{
	struct uffdio_api api = {.api = UFFD_API};
	struct uffdio_register all = {{(uintptr_t)pager->memory, pager->pages * page_size()},
				      UFFDIO_REGISTER_MODE_MISSING,
				      0};

	pager->events = (int)syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK | UFFD_USER_MODE_ONLY);
	if (pager->events >= 0 && ioctl(pager->events, UFFDIO_API, &api) == 0 &&
	    ioctl(pager->events, UFFDIO_REGISTER, &all) == 0 && start_server()) {
		return true;
	}
	if (pager->events >= 0) {
		close(pager->events);
		pager->events = -1;
	}
	return false;
}

static void start(struct pager *pager, const struct policy *policy, size_t pages, size_t frames,
		  bool by_signals)
{
	struct sigaction action = {.sa_sigaction = serve_signal,
				   .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};

	arrange(!running && pages > 0 && pages <= PAGER_PAGES);
	*pager = (struct pager){.pages = pages, .last_victim = NO_PAGE, .events = -1};
	frames_begin(&pager->frames, policy, frames);
	pager->frames.watch_again = watch_again;
	pager->store = pages_for(pages, PROT_READ | PROT_WRITE);
	write_pattern(pager->store, pages * page_size(), 1);
	pager->memory = pages_for(pages, CHANGED);
	madvise(pager->memory, pages * page_size(), MADV_NOHUGEPAGE);
	running = pager;
	pager->by_events = !by_signals && start_events(pager);
	for (size_t i = 0; i < pages; i++) {
		protect(i, pager->by_events ? CHANGED : CLOSED);
	}
	arrange(sigaction(SIGSEGV, &action, &before) == 0);
	evidence("the pager learns of faults by", "%s",
		 pager->by_events ? "userfaultfd" : "mprotect and SIGSEGV");
}

void start_pager(struct pager *pager, const struct policy *policy, size_t pages, size_t frames)
{
	start(pager, policy, pages, frames, false);
}

void start_pager_by_signals(struct pager *pager, const struct policy *policy, size_t pages,
			    size_t frames)
{
	start(pager, policy, pages, frames, true);
}

void stop_pager(struct pager *pager)
{
	sigaction(SIGSEGV, &before, NULL);
	if (pager->by_events) {
		close(stop[1]); /* the server sees the end of its pipe */
		pthread_join(server, NULL);
		close(stop[0]);
		close(pager->events);
	}
	munmap(pager->memory, pager->pages * page_size());
	munmap(pager->store, pager->pages * page_size());
	running = NULL;
}

/* Before and after an access: its number, and whether the next one to this page is to be noticed. */
static void begin(struct pager *pager)
{
	pager->frames.now = pager->accesses++;
}

static void end(struct pager *pager, size_t number)
{
	if (pager->frames.policy->watch == WATCHES_EVERY_USE) {
		protect(number, CLOSED);
	}
}

unsigned char pager_load(struct pager *pager, size_t number, size_t offset)
{
	begin(pager);

	unsigned char value = load(page(pager->memory, number) + offset);

	end(pager, number);
	return value;
}

void pager_store(struct pager *pager, size_t number, size_t offset, unsigned char value)
{
	begin(pager);
	store(page(pager->memory, number) + offset, value);
	end(pager, number);
}

/* The i-th load of the string, for a policy that may know the others. */
static unsigned char load_of(struct pager *pager, const unsigned char *string, size_t length,
			     size_t i, size_t offset)
{
	pager->frames.ahead = string + i + 1;
	pager->frames.ahead_count = length - i - 1;

	unsigned char value = pager_load(pager, string[i], offset);

	pager->frames.ahead_count = 0;
	return value;
}

unsigned long pager_replay(struct pager *pager, const unsigned char *string, size_t length)
{
	unsigned long before_all = pager->faults;

	for (size_t i = 0; i < length; i++) {
		load_of(pager, string, length, i, 0);
	}
	return pager->faults - before_all;
}

void touchstone_assert_replay(struct place place, struct pager *pager, const unsigned char *string,
			      size_t length, unsigned long faults, const char *what)
{
	enum { APART = 251 };
	unsigned long before_all = pager->faults;

	for (size_t i = 0; i < length; i++) {
		size_t offset = i * APART % page_size();
		unsigned char value = load_of(pager, string, length, i, offset), right;

		pattern_bytes(&right, 1, 1, string[i] * page_size() + offset);
		if (value != right) {
			touchstone_assert_byte(place, value, right, "a byte that was loaded");
		}
	}
	touchstone_assert_number(place, (long long)(pager->faults - before_all), "=",
				 (long long)faults, what);
}
