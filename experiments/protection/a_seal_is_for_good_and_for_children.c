/* SPDX-License-Identifier: MIT */
/*
 * A seal is for whole mapped pages, for good, and for children too
 * ================================================================
 *
 * mseal(2) takes no flags yet, and no part of a page. It looks at the whole range first: with a
 * hole in it nothing is sealed. Sealing what is sealed changes nothing, and there is no call that
 * takes a seal away, no matter what the privileges. A child's copy is sealed as well, so that forking is
 * no way out; only execve(2), which begins anew, leaves it all behind.
 *
 *      mseal(page + 1, ...)      EINVAL          mseal(..., flags = 1)     EINVAL
 *      over a hole               ENOMEM, and nothing is sealed
 *      length 0                  0, and nothing is sealed
 *
 * Look with: errno; munmap(2), which is granted where nothing was sealed.
 * Read on:   mseal(2), fork(2); Documentation/userspace-api/mseal.rst; document 004 section 14.3.
 */
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("A seal is for whole mapped pages, for good, and for children too");

#ifndef SYS_mseal
#ifdef __alpha__
#define SYS_mseal 572
#else
#define SYS_mseal 462
#endif
#endif

enum { READ_WRITE = PROT_READ | PROT_WRITE, PAGES = 6, SEALED = 2, SEED = 18 };

static long seal(char *start, size_t length, unsigned long flags)
{
	return syscall(SYS_mseal, start, length, flags);
}

/* Filled pages, the first two of them sealed. */
static char *sealed_pages(void)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, SEED);

	if (seal(area, SEALED * page_size(), 0) != 0) {
		ck_assert_msg(errno == ENOSYS || errno == EPERM, "mseal: %s", strerror(errno));
		undecided("needs mseal(2): Linux 6.10 or later, for 64 bits");
	}
	return area;
}

static void assert_sealed(char *area)
{
	for (size_t i = 0; i < SEALED; i++) {
		assert_refused(munmap(page(area, i), page_size()), EPERM);
		assert_refused(mprotect(page(area, i), page_size(), PROT_READ), EPERM);
		assert_refused(mprotect(page(area, i), page_size(), READ_WRITE), EPERM);
	}
	assert_pattern(area, SEALED * page_size(), SEED, "the sealed pages");
}

CLAIM(it_wants_whole_mapped_pages_and_no_flags, "mseal-04",
      "mseal refuses flags, crooked addresses (EINVAL) and holes (ENOMEM), and seals nothing then")
{
	char *area = page(sealed_pages(), SEALED), *hole = page(area, 1);

	assert_refused(seal(area, page_size(), 1), EINVAL);
	assert_refused(seal(area + 1, page_size(), 0), EINVAL);
	/* To a 64-bit kernel the length of a 32-bit program wraps nowhere: it meets a hole. */
	assert_refused_either(seal(area, (size_t)-1, 0), EINVAL,
			      sizeof(long) == 8 ? EINVAL : ENOMEM);
	arrange(munmap(hole, page_size()) == 0);
	assert_refused(seal(area, 2 * page_size(), 0), ENOMEM);
	assert_refused(seal(area, 3 * page_size(), 0), ENOMEM);
	assert_refused(seal(hole, page_size(), 0), ENOMEM);
	assert_accepted(seal(area, 0, 0));
	assert_accepted(munmap(area, page_size()));
	assert_accepted(munmap(page(hole, 1), page_size()));
}

CLAIM(a_childs_copy_is_sealed, "mseal-05",
      "A child's copy of sealed memory is sealed, and sealing once more is granted, and no undoing")
{
	char *area = sealed_pages();

	IN_CHILD {
		assert_sealed(area);
		assert_accepted(seal(area, SEALED * page_size(), 0));
		assert_sealed(area);
		IN_CHILD {
			assert_sealed(area);
		}
	}
	assert_accepted(seal(area, page_size(), 0));
	assert_sealed(area);
}

CONTROL(what_was_not_sealed_is_free, "mseal-04 mseal-05",
	"The pages behind the sealed ones can be given other rights and unmapped, in a child as "
	"well")
{
	char *area = page(sealed_pages(), SEALED);

	IN_CHILD {
		assert_accepted(mprotect(area, page_size(), PROT_READ));
		assert_accepted(munmap(area, (PAGES - SEALED) * page_size()));
	}
	assert_accepted(mprotect(area, page_size(), PROT_NONE));
	assert_accepted(munmap(area, (PAGES - SEALED) * page_size()));
}
