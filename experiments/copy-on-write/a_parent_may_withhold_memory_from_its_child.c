/* SPDX-License-Identifier: MIT */
/*
 * A parent may withhold memory from its child
 * ===========================================
 *
 * Document 002 has fork make "an exact copy of the virtual memory", of all of it. In truth the
 * parent has a say, page by page. MADV_WIPEONFORK gives the child the page, filled with zeros: for
 * keys, and for the state of a random generator, which must not go on in two processes with the
 * same numbers. MADV_DONTFORK gives it nothing: the addresses are a hole in the child. Neither
 * changes anything for the parent, nor for the pages on either side.
 *
 *                             page 0     page 1     page 2
 *      parent                 a a a a    b b b b    c c c c
 *      child, as a rule       a a a a    b b b b    c c c c
 *      MADV_WIPEONFORK        a a a a    0 0 0 0    c c c c      in the grandchild, too
 *      MADV_DONTFORK          a a a a    SIGSEGV    c c c c
 *
 * Look with: nothing but eyes, and the signal's code and address.
 * Read on:   madvise(2) MADV_WIPEONFORK, MADV_KEEPONFORK, MADV_DONTFORK, MADV_DOFORK; document 002
 *            "fork revisited".
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("A parent may withhold memory from its child");

enum { PAGES = 4, AT_FORK = 1 };

/* Page 1 is the one that is marked. Every page has a pattern of its own. */
static char *fillings(void)
{
	char *area = mmap(NULL, PAGES * page_size(), PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	arrange(area != MAP_FAILED);
	for (unsigned i = 0; i < PAGES; i++) {
		write_pattern(page(area, i), page_size(), AT_FORK + i);
	}
	return area;
}

static void assert_fillings(const char *area, unsigned from, unsigned to, const char *what)
{
	for (unsigned i = from; i < to; i++) {
		assert_pattern(page(area, i), page_size(), AT_FORK + i, what);
	}
}

CLAIM(what_is_to_be_wiped_is_zero, "fork-03",
      "A page under MADV_WIPEONFORK is zero in child and grandchild, and kept in the parent")
{
	char *area = fillings();

	if (madvise(page(area, 1), page_size(), MADV_WIPEONFORK) != 0) {
		undecided("needs MADV_WIPEONFORK: Linux 4.14");
	}
	IN_CHILD {
		assert_fillings(area, 0, 1, "the page before, in the child");
		assert_all_bytes(page(area, 1), page_size(), 0,
				 "the child's page that was to be wiped");
		assert_fillings(area, 2, PAGES, "the pages behind, in the child");
		store(page(area, 1), 'c');
		IN_CHILD {
			assert_all_bytes(page(area, 1), page_size(), 0, "the grandchild's page");
		}
	}
	assert_fillings(area, 0, PAGES, "what the parent reads");
}

CLAIM(what_is_not_to_be_forked_is_missing, "fork-03",
      "A page under MADV_DONTFORK is not there in the child, and untouched in the parent")
{
	char *area = fillings();

	assert_accepted(madvise(page(area, 1), page_size(), MADV_DONTFORK));
	IN_CHILD {
		assert_fillings(area, 0, 1, "the page before, in the child");
		assert_trap(try_load(page(area, 1)), SIGSEGV, SEGV_MAPERR, page(area, 1));
		assert_trap(try_load(page(area, 2) - 1), SIGSEGV, SEGV_MAPERR, page(area, 2) - 1);
		assert_fillings(area, 2, PAGES, "the pages behind, in the child");
	}
	assert_fillings(area, 0, PAGES, "what the parent reads");
}

CONTROL(what_is_given_back_is_inherited, "fork-03",
	"After MADV_KEEPONFORK and MADV_DOFORK the child has the page and its bytes again")
{
	char *area = fillings();

	if (madvise(page(area, 1), page_size(), MADV_WIPEONFORK) != 0) {
		undecided("needs MADV_WIPEONFORK: Linux 4.14");
	}
	assert_accepted(madvise(page(area, 1), page_size(), MADV_DONTFORK));
	assert_accepted(madvise(page(area, 1), page_size(), MADV_KEEPONFORK));
	assert_accepted(madvise(page(area, 1), page_size(), MADV_DOFORK));
	IN_CHILD {
		assert_fillings(area, 0, PAGES, "what the child reads");
	}
}
