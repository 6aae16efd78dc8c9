/* SPDX-License-Identifier: MIT */
/*
 * Where a store runs into an absent page behind one that is there already, what it put into the
 * last bytes of the one before is lost. (The page is brought by the handler of a SIGBUS, which then
 * lets the processor do one single step.)
 */
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#include <touchstone/memory.h>
#include <touchstone/outcome.h>

#include "worlds/world.h"

#ifdef __x86_64__
enum { WORD = 8, SINGLE_STEP = 0x100 };

static int touches = -1;
static char *fetched;

static void fetch(int signal, siginfo_t *info, void *context)
{
	struct uffdio_zeropage zeros;

	(void)signal;
	fetched = page_of(info->si_addr);
	zeros = (struct uffdio_zeropage){.range = {(uintptr_t)fetched, page_size()}};
	if (ioctl(touches, UFFDIO_ZEROPAGE, &zeros) != 0) {
		_exit(99);
	}
	((ucontext_t *)context)->uc_mcontext.gregs[REG_EFL] |= SINGLE_STEP;
}

static void tear(int signal, siginfo_t *info, void *context)
{
	unsigned char there;

	(void)signal;
	(void)info;
	((ucontext_t *)context)->uc_mcontext.gregs[REG_EFL] &= ~SINGLE_STEP;
	if (mincore(fetched - page_size(), page_size(), &there) == 0 && there & 1) {
		memset(fetched - (WORD - 1), 0, WORD - 1);
	}
}

static void enter(void)
{
	struct uffdio_api api = {.api = UFFD_API, .features = UFFD_FEATURE_SIGBUS};
	struct sigaction on_bus = {.sa_sigaction = fetch, .sa_flags = SA_SIGINFO | SA_ONSTACK};
	struct sigaction on_step = {.sa_sigaction = tear, .sa_flags = SA_SIGINFO | SA_ONSTACK};

	touches = (int)syscall(SYS_userfaultfd, O_CLOEXEC | 1 /* UFFD_USER_MODE_ONLY */);
	if (touches < 0 || ioctl(touches, UFFDIO_API, &api) != 0) {
		undecided("needs userfaultfd for this world: a kernel and a policy that allow it");
	}
	sigaction(SIGBUS, &on_bus, NULL);
	sigaction(SIGTRAP, &on_step, NULL);
}

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	char *area = mmap(address, length, protection, flags, fd, offset);
	struct uffdio_register wanted = {.range = {(uintptr_t)area, length},
					 .mode = UFFDIO_REGISTER_MODE_MISSING};

	arrange(area == MAP_FAILED || ioctl(touches, UFFDIO_REGISTER, &wanted) == 0);
	return area;
}
#else
static void enter(void)
{
	undecided("needs a processor that this world knows how to step: x86-64");
}
#define map NULL
#endif

WORLD("A machine where a store is torn by its second fault",
      .breaks = "a_word_across_a_border_is_whole a_copy_that_faults_on_its_way_is_whole"
		" munmap_removes_whole_pages.without_munmap_nothing_goes"
		" accesses_cross_every_border",
      .spares = "the_rest_of_the_memory_is_zero any_byte_brings_its_page_alone", .enter = enter,
      .mmap = map);
