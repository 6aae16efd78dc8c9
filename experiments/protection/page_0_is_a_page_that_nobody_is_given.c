/* SPDX-License-Identifier: MIT */
/*
 * Page 0 is a page like any other, that nobody is given by chance
 * ===============================================================
 *
 * That a null pointer traps is no property of the processor. Page 0 could be mapped; it is merely
 * left alone (document 004, 14.4). The kernel never chooses it, takes 0 for "choose yourself"
 * when it is only a hint, and refuses it to those who insist (MAP_FIXED): below vm.mmap_min_addr
 * nobody maps anything without the capability CAP_SYS_RAWIO. For if the kernel itself followed a null
 * pointer, whatever a program had placed there would be taken at its word.
 *
 *      mmap(NULL, ...)                         some place above
 *      mmap(NULL, ..., MAP_FIXED)              EPERM
 *      the same, privileged                    0, and *(char *)NULL is 0
 *
 * So "dereferencing NULL crashes" is refined: it does unless somebody privileged arranged otherwise.
 *
 * Look with: errno; loads and stores at 0.
 * Read on:   mmap(2) "EPERM", capabilities(7), proc(5) "mmap_min_addr"; document 004 section 14.4.
 */
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Page 0 is a page like any other, that nobody is given by chance");

enum { READ_WRITE = PROT_READ | PROT_WRITE, ANONYMOUS = MAP_PRIVATE | MAP_ANONYMOUS };

#ifdef __arm__
#define OTHER_REFUSAL                                                                              \
	EINVAL /* the first pages are nobody's: the processor's vectors may lie there */
#else
#define OTHER_REFUSAL EACCES /* SELinux has a rule of its own for this */
#endif

/* mmap with the address 0; the compiler is not to know it. */
static void *map_page_0(int flags)
{
	char *volatile nothing = NULL;

	return mmap(nothing, page_size(), READ_WRITE, ANONYMOUS | flags, -1, 0);
}

/* The lowest address that the unprivileged may map. */
static size_t lowest_address(void)
{
	long long lowest = setting_number("/proc/sys/vm/mmap_min_addr");

	if (lowest <= 0) {
		undecided("needs a vm.mmap_min_addr that can be read and is not 0");
	}
	return (size_t)lowest;
}

CLAIM(the_kernel_never_chooses_it, "prot-14",
      "A hint of 0 is no wish for page 0: the kernel chooses a place above it, always")
{
	for (int i = 0; i < 64; i++) {
		char *area = map_page_0(0);

		arrange(area != MAP_FAILED);
		assert_at_least((uintptr_t)area, page_size(), "the address that was chosen");
		assert_trap(try_load(NULL), SIGSEGV, SEGV_MAPERR, NULL);
		assert_trap(try_store(NULL, 1), SIGSEGV, SEGV_MAPERR, NULL);
	}
}

CLAIM(the_unprivileged_are_refused_it, "prot-14",
      "Without capabilities MAP_FIXED at 0 is refused, and so is each page below vm.mmap_min_addr")
{
	size_t lowest = lowest_address();

	IN_CHILD {
		give_up_capabilities();
		assert_refused_either(map_page_0(MAP_FIXED), EPERM, OTHER_REFUSAL);
		for (size_t at = page_size(); at + page_size() <= lowest; at += page_size()) {
			assert_refused_either(mmap((void *)at, page_size(), READ_WRITE,
						   ANONYMOUS | MAP_FIXED, -1, 0),
					      EPERM, OTHER_REFUSAL);
		}
		assert_trap(try_load(NULL), SIGSEGV, SEGV_MAPERR, NULL);
		assert_trap(try_store((char *)lowest - 1, 1), SIGSEGV, SEGV_MAPERR,
			    (char *)lowest - 1);
	}
}

CLAIM(once_mapped_it_is_ordinary_memory, "prot-14",
      "Who may map page 0 reads zeros through NULL, and stores there, until it is unmapped")
{
	char *volatile nothing = NULL;

	if (map_page_0(MAP_FIXED) != nothing) {
		undecided("needs leave to map page 0: run as root, with CAP_SYS_RAWIO");
	}
	for (size_t at = 0; at < page_size(); at += page_size() / 8) {
		struct trap trap = try_load(nothing + at);

		assert_no_trap(trap);
		assert_equals(trap.loaded, 0, "what a load in page 0 reads");
	}
	assert_no_trap(try_store(nothing, 'n'));
	assert_no_trap(try_store(nothing + page_size() - 1, 'o'));
	assert_equals(try_load(nothing).loaded, 'n', "what a load through NULL reads then");
	assert_equals(try_load(nothing + page_size() - 1).loaded, 'o', "the page's last byte");
	assert_accepted(munmap(nothing, page_size()));
	assert_trap(try_load(nothing), SIGSEGV, SEGV_MAPERR, NULL);
	assert_trap(try_call(nothing), SIGSEGV, SEGV_MAPERR, NULL);
}

CONTROL(another_free_page_is_given_to_anybody, "prot-14",
	"The same call without capabilities is granted at a free address above the limit")
{
	char *elsewhere = reserve(1);

	IN_CHILD {
		give_up_capabilities();
		assert_address(
			mmap(elsewhere, page_size(), READ_WRITE, ANONYMOUS | MAP_FIXED, -1, 0),
			elsewhere, "the address that was given");
		assert_no_trap(try_store(elsewhere, 1));
		assert_no_trap(try_load(elsewhere));
	}
}
