/* SPDX-License-Identifier: MIT */
/*
 * A page is the smallest step the kernel takes
 * ============================================
 *
 * Paging divides memory into pieces of one fixed size (document 004, 6.1), and that size is not a
 * matter of taste: the kernel maps, protects, reports and brings in whole pages, and no call can
 * name less. So the size can be found without asking for it: it is the smallest step that the
 * calls accept.
 *
 *      |        page 0        |        page 1        |
 *      ^ ^ ^   ^       ^      ^
 *      ok  each of these: EINVAL  ok
 *
 * The documents' example has 4096 bytes. Other machines have 16384 or 65536; it is a power of two
 * on all of them, as otherwise an address could not be split by cutting it in two.
 *
 * Look with: calls at each power of two; page faults, which come once a page.
 * Read on:   sysconf(3) _SC_PAGESIZE, getauxval(3) AT_PAGESZ, mincore(2); document 004 sections
 *            6.1, 6.2.
 */
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A page is the smallest step the kernel takes");

enum { PAGES = 8 };

CLAIM(no_call_takes_a_smaller_step, "paging-01",
      "mincore, madvise, mprotect and munmap refuse each step below the one size that is told")
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);
	size_t size = (size_t)sysconf(_SC_PAGESIZE);
	unsigned char there[PAGES];

	assert_equals(size, getauxval(AT_PAGESZ), "bytes of a page, to the library and the kernel");
	assert_equals(size & (size - 1), 0, "bits of the size below its highest one");
	for (size_t step = 1; step < size; step *= 2) {
		assert_refused(mincore(area + step, size, there), EINVAL);
		assert_refused(madvise(area + step, size, MADV_NORMAL), EINVAL);
		assert_refused(syscall(SYS_mprotect, area + step, size, (long)PROT_READ), EINVAL);
		assert_refused(munmap(area + step, size), EINVAL);
	}
	assert_pattern(area, PAGES * size, 1, "what was refused");
	assert_accepted(mincore(area + size, size, there));
	assert_accepted(madvise(area + size, size, MADV_NORMAL));
	assert_accepted(syscall(SYS_mprotect, area + size, size, (long)PROT_READ));
	assert_accepted(munmap(area + size, size));
	assert_no_trap(try_load(area + size - 1));
	assert_trap(try_load(area + size), SIGSEGV, SEGV_MAPERR, area + size);
	assert_trap(try_load(area + 2 * size - 1), SIGSEGV, SEGV_MAPERR, area + 2 * size - 1);
	assert_no_trap(try_load(area + 2 * size));
}

/* Stores to all the bytes of a page but the first. */
static void store_the_rest(char *start)
{
	for (size_t i = 1; i < page_size(); i++) {
		store(start + i, 'r');
	}
}

CLAIM(a_walk_faults_once_a_page, "paging-01",
      "A walk over fresh memory faults at the first byte of each page and at no other",
      .needs = FAULT_COUNTS)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	for (size_t i = 0; i < PAGES; i++) {
		assert_equals(faults_of(store(page(area, i), 'f')).minor, 1,
			      "faults at the first byte of a page");
		assert_equals(faults_of(store_the_rest(page(area, i))).minor, 0,
			      "faults at all its other bytes");
	}
}

CONTROL(what_is_there_is_walked_over, "paging-01",
	"A walk over memory that came with its frames does not fault at the border of any page",
	.needs = FAULT_COUNTS)
{
	char *area = mmap(reserve(PAGES), PAGES * page_size(), PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_POPULATE, -1, 0);

	arrange(area != MAP_FAILED);
	for (size_t i = 0; i < PAGES; i++) {
		assert_equals(faults_of(store(page(area, i), 'f')).minor, 0,
			      "faults at the first byte of a page");
		assert_equals(faults_of(store_the_rest(page(area, i))).minor, 0,
			      "faults at all its other bytes");
	}
}
