/* SPDX-License-Identifier: MIT */
/*
 * User faults belong to an area of one process
 * ============================================
 *
 * A range that is registered with userfaultfd(2) is a piece of an area. What is outside of it
 * faults as ever. Whoever unmaps the area takes the registration away with it: what is mapped at
 * these addresses next is nobody's. And a child that fork has made has the same addresses and
 * the same descriptor, but its faults are its own, served by the kernel, unless the parent had
 * asked for the feature EVENT_FORK.
 *
 *      parent   |...registered...|        child   |...ordinary...|
 *               touch -> event                    touch -> zeros
 *
 * The kernel can touch such a page as well, in a read(2), say. If it waited there for a program,
 * that program could hold it for as long as it likes; so whoever has no privileges may only have
 * the faults of programs (UFFD_USER_MODE_ONLY), and the kernel's own touch ends in EFAULT,
 * without an event.
 *
 * Look with: poll(2) of the descriptor, which tells whether there is an event.
 * Read on:   userfaultfd(2), fork(2); document 004 section 8.5.
 */
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/experiment.h>
#include <touchstone/userfault.h>

EXPERIMENT("User faults belong to an area of one process");

enum { PAGES = 8, FROM = 2, REGISTERED = 4, BEHIND = FROM + REGISTERED, SEED = 6 };

/* Registers the middle pages; nobody reads their events unless the claim does. */
static int register_middle(char *area)
{
	struct uffdio_api api = {.api = UFFD_API};
	struct uffdio_register wanted = {
		.range = {(uintptr_t)page(area, FROM), REGISTERED * page_size()},
		.mode = UFFDIO_REGISTER_MODE_MISSING};
	int fd = (int)syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK | UFFD_USER_MODE_ONLY);

	arrange(fd >= 0 && ioctl(fd, UFFDIO_API, &api) == 0);
	assert_accepted(ioctl(fd, UFFDIO_REGISTER, &wanted));
	return fd;
}

static void assert_no_event(int fd)
{
	struct pollfd events = {.fd = fd, .events = POLLIN};

	assert_equals(poll(&events, 1, 0), 0, "whether there is an event");
}

CLAIM(what_is_outside_faults_as_ever, "uffd-11",
      "Pages below and above the registered ones are brought by the kernel, and are no event",
      .needs = USERFAULTFD)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);
	int fd = register_middle(area);

	assert_all_bytes(area, FROM * page_size(), 0, "the pages below");
	assert_all_bytes(page(area, BEHIND), (PAGES - BEHIND) * page_size(), 0, "those above");
	store_each(area, FROM, 's');
	store_each(page(area, BEHIND), PAGES - BEHIND, 's');
	assert_no_event(fd);
}

CLAIM(it_ends_with_the_mapping, "uffd-12",
      "Memory that is mapped where a registered area was is brought by the kernel, and no event",
      .needs = USERFAULTFD)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE), *registered = page(area, FROM);
	const size_t length = REGISTERED * page_size();
	int fd = register_middle(area);

	assert_accepted(munmap(registered, length));
	assert_trap(try_load(registered), SIGSEGV, SEGV_MAPERR, registered);
	assert_address(mmap(registered, length, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0),
		       registered, "the new mapping");
	assert_all_bytes(area, PAGES * page_size(), 0, "the new mapping and what is beside it");
	assert_no_event(fd);
	assert_no_event(register_middle(area)); /* may be registered anew, with somebody else */
}

CLAIM(a_child_faults_for_itself, "uffd-13",
      "In a child the same pages are brought by the kernel, and its parent is told no event",
      .needs = USERFAULTFD)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);
	int fd = register_middle(area);

	IN_CHILD {
		assert_all_bytes(area, PAGES * page_size(), 0, "what the child reads");
		store_each(area, PAGES, 'c');
		assert_no_event(fd);
	}
	assert_no_event(fd);
}

static int give_zeros(int fd, const char *page)
{
	struct uffdio_zeropage zeros = {.range = {(uintptr_t)page, page_size()}};

	return ioctl(fd, UFFDIO_ZEROPAGE, &zeros);
}

/* The descriptor whose events a thread answers, and how many it was told. */
static int answered;
static _Atomic unsigned events;

/* So that a call which waits, as it should not, goes on and says the wrong thing. */
static void let_it_go_on(const struct uffd_msg *told)
{
	events++;
	(void)give_zeros(answered, page_told(told));
}

CLAIM(the_kernel_does_not_wait, "uffd-14",
      "A call that would touch a registered page for a program says EFAULT, and tells no event",
      .needs = USERFAULTFD)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);
	int file = memory_file(1, SEED);

	answered = open_userfault(page(area, FROM), REGISTERED * page_size(),
				  UFFDIO_REGISTER_MODE_MISSING, 0);
	answer_userfaults(answered, let_it_go_on);
	for (size_t i = FROM; i < BEHIND; i++) {
		assert_refused(pread(file, page(area, i), page_size(), 0), EFAULT);
		assert_refused(pwrite(file, page(area, i), page_size(), 0), EFAULT);
	}
	for (size_t i = 0; i < 2; i++) {
		char *beside = i ? page(area, BEHIND) : page(area, FROM) - 1;

		assert_equals(pread(file, beside, 1, 0), 1, "bytes read to a page beside them");
	}
	assert_equals(events, 0, "events");
}

CONTROL(a_page_that_was_given_is_like_any_other, "uffd-11 uffd-12 uffd-13 uffd-14",
	"When the pages are there, the same call reads into them, and a child has what they hold",
	.needs = USERFAULTFD)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE), *gift = filled_pages(1, MAP_PRIVATE, SEED);
	int fd = register_middle(area), file = memory_file(1, SEED);

	for (size_t i = FROM; i < BEHIND; i++) {
		arrange(give_zeros(fd, page(area, i)) == 0);
		assert_equals(pread(file, page(area, i), page_size(), 0), page_size(),
			      "bytes read into a page");
	}
	IN_CHILD {
		for (size_t i = FROM; i < BEHIND; i++) {
			assert_same_bytes(page(area, i), gift, page_size(), "what the child has");
		}
	}
	assert_no_event(fd);
}
