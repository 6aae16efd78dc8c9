/* SPDX-License-Identifier: MIT */
/*
 * Sealed memory stays mapped as it is, for good
 * =============================================
 *
 * Rights can be given and taken at any time, by whoever makes the program call mprotect(2). Since
 * Linux 6.10 a program may end that: mseal(2) closes a range against every change to its
 * mapping, and there is no call that opens it. What can be done with the bytes stays as it
 * was: a seal protects the mapping and not the contents.
 *
 *      munmap, mremap, mmap(MAP_FIXED), mprotect      EPERM
 *      madvise that throws contents away              EPERM where the bytes may not be written
 *      loads, stores, calls                           as the rights say
 *
 * A loader seals code and constants when it has put them in place; then no bug in the program can
 * make the code writable.
 *
 * Look with: errno, refused and granted accesses, every byte.
 * Read on:   mseal(2); Documentation/userspace-api/mseal.rst; document 004 section 14.3.
 */
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Sealed memory stays mapped as it is, for good");

#ifndef SYS_mseal
#ifdef __alpha__
#define SYS_mseal 572
#else
#define SYS_mseal 462
#endif
#endif

enum { READ_WRITE = PROT_READ | PROT_WRITE, PAGES = 6, FROM = 2, SEALED = 2, SEED = 18 };
enum { ANONYMOUS = MAP_PRIVATE | MAP_ANONYMOUS, BEHIND = FROM + SEALED };

static long seal(char *start, size_t length, unsigned long flags)
{
	return syscall(SYS_mseal, start, length, flags);
}

/* Filled pages with these rights, sealed in the middle. */
static char *sealed_pages(int rights)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, SEED);

	arrange(mprotect(area, PAGES * page_size(), rights) == 0);
	if (seal(page(area, FROM), SEALED * page_size(), 0) != 0) {
		ck_assert_msg(errno == ENOSYS || errno == EPERM, "mseal: %s", strerror(errno));
		undecided("needs mseal(2): Linux 6.10 or later, for 64 bits");
	}
	return area;
}

/* Every call that would change the mapping of these pages is refused. */
static void assert_unchangeable(char *start, size_t length)
{
	const int rights[] = {PROT_NONE, PROT_READ, READ_WRITE};
	char *elsewhere = reserve(2 * PAGES);

	assert_refused(munmap(start, length), EPERM);
	for (size_t i = 0; i < 3; i++) {
		assert_refused(mprotect(start, length, rights[i]), EPERM);
		assert_refused(mmap(start, length, rights[i], ANONYMOUS | MAP_FIXED, -1, 0), EPERM);
	}
	assert_refused(mremap(start, length, length, MREMAP_MAYMOVE | MREMAP_FIXED, elsewhere),
		       EPERM);
	assert_refused(mremap(start, length, length + page_size(), MREMAP_MAYMOVE), EPERM);
	if (length > page_size()) {
		assert_refused(mremap(start, length, page_size(), 0), EPERM);
	}
}

CLAIM(no_call_changes_the_mapping, "mseal-01",
      "Of a sealed range no page can be unmapped, moved, shrunk, mapped over or given other rights")
{
	const int rights[] = {PROT_NONE, PROT_READ, READ_WRITE};

	for (size_t i = 0; i < 3; i++) {
		char *area = sealed_pages(rights[i]);

		for (int round = 0; round < 2; round++) {
			assert_unchangeable(page(area, FROM), SEALED * page_size());
			assert_unchangeable(page(area, FROM), page_size());
			assert_unchangeable(page(area, BEHIND - 1), page_size());
		}
	}
}

CLAIM(its_bytes_are_used_as_before, "mseal-02",
      "Sealed memory is loaded from and stored to as its rights say, and refusals change no byte")
{
	char *area = sealed_pages(READ_WRITE), *closed = page(sealed_pages(PROT_READ), FROM);

	assert_unchangeable(page(area, FROM), SEALED * page_size());
	assert_pattern(area, PAGES * page_size(), SEED, "all the pages");
	write_pattern(area, PAGES * page_size(), SEED + 1);
	assert_pattern(area, PAGES * page_size(), SEED + 1, "all the pages, written anew");
	assert_no_trap(try_load(closed));
	assert_trap(try_store(closed, 1), SIGSEGV, SEGV_ACCERR, closed);
}

CLAIM(read_only_contents_cannot_be_thrown_away, "mseal-03",
      "Sealed private memory that may only be read keeps its contents: madvise gives EPERM")
{
	const int destructive[] = {MADV_DONTNEED, MADV_FREE};

	for (size_t i = 0; i < 2; i++) {
		char *area = sealed_pages(PROT_READ);

		for (size_t k = FROM; k < BEHIND; k++) {
			assert_refused(madvise(page(area, k), page_size(), destructive[i]), EPERM);
		}
		assert_refused(madvise(page(area, FROM), SEALED * page_size(), destructive[i]),
			       EPERM);
		assert_pattern(area, PAGES * page_size(), SEED, "all the pages");
	}
	/* Who may write may overwrite, so there is nothing to protect. */
	char *writable = sealed_pages(READ_WRITE);

	assert_accepted(madvise(page(writable, FROM), page_size(), MADV_DONTNEED));
	assert_all_bytes(page(writable, FROM), page_size(), 0, "the page that was thrown away");
}

CONTROL(unsealed_neighbours_change_as_ever, "mseal-01 mseal-02 mseal-03",
	"The pages on either side of the sealed ones can be protected, given up, moved and "
	"unmapped")
{
	char *area = sealed_pages(PROT_READ), *elsewhere = reserve(1);
	char *beside[] = {page(area, FROM - 1), page(area, BEHIND)};

	for (size_t i = 0; i < 2; i++) {
		assert_accepted(madvise(beside[i], page_size(), MADV_DONTNEED));
		assert_accepted(mprotect(beside[i], page_size(), READ_WRITE));
		assert_no_trap(try_store(beside[i], 1));
		assert_address(mremap(beside[i], page_size(), page_size(),
				      MREMAP_MAYMOVE | MREMAP_FIXED, elsewhere),
			       elsewhere, "where the page has moved");
		assert_byte(elsewhere, 1, "what was stored");
	}
	assert_accepted(munmap(area, (FROM - 1) * page_size()));
	assert_unchangeable(page(area, FROM), SEALED * page_size());
}
