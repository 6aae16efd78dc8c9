/* SPDX-License-Identifier: MIT */
#include "worlds/touches.h"

#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <pthread.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/memory.h>
#include <touchstone/outcome.h>

#ifndef UFFD_USER_MODE_ONLY
#define UFFD_USER_MODE_ONLY 1
#endif

enum { LARGEST_PAGE = 64 * 1024, STACK = 256 * 1024 };

static int touches = -1;
static serve_function *serve_one;
static bool serves_writes;

static struct uffdio_range range(const void *start, size_t length)
{
	return (struct uffdio_range){(uintptr_t)start, length};
}

static void *serve_all(void *nothing)
{
	struct uffd_msg message;

	while (read(touches, &message, sizeof message) == (ssize_t)sizeof message) {
		if (message.event == UFFD_EVENT_PAGEFAULT) {
			char *page = page_of((char *)(uintptr_t)message.arg.pagefault.address);
			struct uffdio_range touched = range(page, page_size());

			serve_one(page, message.arg.pagefault.flags & UFFD_PAGEFAULT_FLAG_WRITE);
			ioctl(touches, UFFDIO_WAKE, &touched);
		}
	}
	return nothing;
}

static void rehearse_one(char *page, bool writes)
{
	if (writes) {
		give_page(page, NULL);
	} else {
		lend_zeros(page);
	}
}

/* Once beforehand, so that serving costs no fault of its own later. */
static void rehearse(void)
{
	char *scratch = mmap(NULL, 2 * page_size(), PROT_READ | PROT_WRITE,
			     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	arrange(scratch != MAP_FAILED);
	serve_touches(scratch, 2 * page_size(), rehearse_one);
	load(scratch);
	store(scratch + page_size(), 1);
	leave_touches_alone(scratch, 2 * page_size());
	munmap(scratch, 2 * page_size());
}

void prepare_to_serve(void)
{
	static char stack[STACK] __attribute__((aligned(LARGEST_PAGE)));
	struct uffdio_api api = {.api = UFFD_API};
	pthread_attr_t attributes;
	pthread_t thread;

	memset(stack, 0, sizeof stack);
	touches = (int)syscall(SYS_userfaultfd, O_CLOEXEC);
	if (touches < 0) {
		touches = (int)syscall(SYS_userfaultfd, O_CLOEXEC | UFFD_USER_MODE_ONLY);
	}
	if (touches < 0 || ioctl(touches, UFFDIO_API, &api) != 0 ||
	    pthread_attr_init(&attributes) != 0 ||
	    pthread_attr_setstack(&attributes, stack, sizeof stack) != 0 ||
	    pthread_create(&thread, &attributes, serve_all, NULL) != 0) {
		undecided("needs userfaultfd for this world: a kernel and a policy that allow it");
	}
	rehearse();
}

static void serve_range(void *area, size_t length, serve_function *serve, uint64_t mode)
{
	size_t whole = (length + page_size() - 1) / page_size() * page_size();
	struct uffdio_register wanted = {.range = range(area, whole), .mode = mode};

	if (touches < 0) {
		prepare_to_serve();
	}
	serve_one = serve;
	if (ioctl(touches, UFFDIO_REGISTER, &wanted) != 0) {
		undecided("needs userfaultfd for this world: a newer kernel");
	}
}

void serve_touches(void *area, size_t length, serve_function *serve)
{
	serve_range(area, length, serve, UFFDIO_REGISTER_MODE_MISSING);
}

void serve_touches_and_writes(void *area, size_t length, serve_function *serve)
{
	serves_writes = true;
	serve_range(area, length, serve, UFFDIO_REGISTER_MODE_MISSING | UFFDIO_REGISTER_MODE_WP);
}

void leave_touches_alone(void *area, size_t length)
{
	struct uffdio_range whole = range(area, length);

	ioctl(touches, UFFDIO_UNREGISTER, &whole);
}

void give_page(char *page, const void *contents)
{
	static const char zeros[LARGEST_PAGE] = {0};
	struct uffdio_copy copy = {.dst = (uintptr_t)page,
				   .src = (uintptr_t)(contents ? contents : zeros),
				   .len = page_size(),
				   .mode = UFFDIO_COPY_MODE_DONTWAKE};

	ioctl(touches, UFFDIO_COPY, &copy);
}

void lend_zeros(char *page)
{
	struct uffdio_zeropage zeros = {.range = range(page, page_size()),
					.mode = UFFDIO_ZEROPAGE_MODE_DONTWAKE};
	struct uffdio_writeprotect guard = {.range = range(page, page_size()),
					    .mode = UFFDIO_WRITEPROTECT_MODE_WP};

	ioctl(touches, UFFDIO_ZEROPAGE, &zeros);
	if (serves_writes) {
		ioctl(touches, UFFDIO_WRITEPROTECT, &guard);
	}
}
