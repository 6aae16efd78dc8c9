/* SPDX-License-Identifier: MIT */
/*
 * Rights belong to whole pages, and everybody's accesses obey them, the kernel's too
 * ==================================================================================
 *
 * Document 003 says that areas have permissions and that accesses against them "lead to errors";
 * document 004 (5.4) that protection bits belong to pages. So mprotect(2) on one single byte
 * changes its whole page, and not a byte beside it:
 *
 *             page k-1        page k          page k+1
 *           +-----------+---------------+-----------+
 *           |    rw-    |      r--      |    rw-    |
 *           +-----------+---------------+-----------+
 *                      ^ ^     ^       ^ ^
 *                     ok SIGSEGV at every byte ok         mprotect(k + 100, 1, PROT_READ)
 *
 * What a refusal looks like depends on who asked. The processor's own access raises SIGSEGV with
 * the code SEGV_ACCERR: there is an area, but it forbids this. An access that the kernel makes on
 * behalf of the process, such as read(2) into the page, raises nothing: the call answers EFAULT.
 * A page whose rights are all gone (PROT_NONE) keeps its contents.
 *
 * Look with: SIGSEGV's si_code and si_addr, errno, and the bytes themselves.
 * Read on:   mprotect(2), sigaction(2); documents 003, 004 sections 5.4, 14.2 and 17.1.
 */
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Rights belong to whole pages, and everybody's accesses obey them, the kernel's too");

enum { PAGES = 5, CHANGED = 2, SEED = 5 };

CLAIM(one_byte_changes_its_page_and_no_other, "prot-05",
      "Changing the protection of one byte changes its whole page, and no byte beside it")
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, SEED), *changed = page(area, CHANGED);
	char *last = changed + page_size() - 1;

	/* Any length is accepted; the start has to lie on a page. */
	assert_accepted(mprotect(changed, 1, PROT_READ));
	assert_trap(try_store(changed, 1), SIGSEGV, SEGV_ACCERR, changed);
	assert_trap(try_store(changed + 100, 1), SIGSEGV, SEGV_ACCERR, changed + 100);
	assert_trap(try_store(last, 1), SIGSEGV, SEGV_ACCERR, last);
	assert_pattern(area, PAGES * page_size(), SEED, "every page after the refused stores");
	assert_no_trap(try_store(changed - 1, 1));
	assert_no_trap(try_store(last + 1, 1));
}

CLAIM(refused_accesses_say_so_and_change_nothing, "fault-05",
      "A store to a read-only page, and any access to a PROT_NONE page, gives SEGV_ACCERR there")
{
	/* Pages that are there, and pages that have yet to come, private and shared. */
	char *areas[] = {filled_pages(PAGES, MAP_PRIVATE, SEED), fresh_pages(PAGES, MAP_PRIVATE),
			 fresh_pages(PAGES, MAP_SHARED)};

	for (int i = 0; i < 3; i++) {
		char *area = areas[i], *read_only = page(area, 1), *none = page(area, 3);

		arrange(mprotect(read_only, page_size(), PROT_READ) == 0);
		arrange(mprotect(none, page_size(), PROT_NONE) == 0);
		assert_no_trap(try_load(read_only + 9));
		assert_trap(try_store(read_only + 9, 1), SIGSEGV, SEGV_ACCERR, read_only + 9);
		assert_trap(try_load(none + 9), SIGSEGV, SEGV_ACCERR, none + 9);
		assert_trap(try_store(none + 9, 1), SIGSEGV, SEGV_ACCERR, none + 9);
		arrange(mprotect(area, PAGES * page_size(), PROT_READ | PROT_WRITE) == 0);
		if (i == 0) {
			assert_pattern(area, PAGES * page_size(), SEED, "every page, opened again");
		} else {
			assert_all_bytes(area, PAGES * page_size(), 0, "new pages, opened again");
		}
		assert_no_trap(try_store(read_only + 9, 1));
		assert_no_trap(try_store(none + 9, 1));
	}
}

CLAIM(inaccessible_pages_keep_their_contents, "prot-08",
      "A page that is made PROT_NONE rejects loads, stores and calls, and forgets nothing")
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, SEED), *none = page(area, CHANGED);

	for (int round = 0; round < 3; round++) {
		assert_accepted(mprotect(none, page_size(), PROT_NONE));
		assert_trap(try_load(none), SIGSEGV, SEGV_ACCERR, none);
		assert_trap(try_store(none, 1), SIGSEGV, SEGV_ACCERR, none);
		assert_trap(try_call(none), SIGSEGV, SEGV_ACCERR, none);
		assert_accepted(mprotect(none, page_size(), PROT_READ | PROT_WRITE));
		assert_pattern(area, PAGES * page_size(), SEED, "every page, opened again");
	}
}

CLAIM(the_kernel_obeys_too_and_says_efault, "prot-21",
      "read(2) and write(2) on forbidden memory answer EFAULT, raise no signal and change nothing")
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, SEED), *read_only = page(area, 1),
	     *none = page(area, 3);
	int ends[2];

	arrange(pipe(ends) == 0 && write(ends[1], "abcdefgh", 8) == 8);
	arrange(mprotect(read_only, page_size(), PROT_READ) == 0);
	arrange(mprotect(none, page_size(), PROT_NONE) == 0);
	assert_refused(read(ends[0], read_only, 8), EFAULT);
	assert_refused(read(ends[0], none, 8), EFAULT);
	assert_refused(write(ends[1], none, 8), EFAULT);
	/* Four bytes may be stored, and whether they are is left open; the four behind them may not. */
	arrange(write(ends[1], "abcdefgh", 8) == 8);
	(void)!read(ends[0], read_only - 4, 8);
	write_pattern(area, page_size(), SEED);
	/* What is readable may be written from, and what is writable may be read into. */
	assert_equals(write(ends[1], read_only, 8), 8, "bytes written from the read-only page");
	arrange(mprotect(area, PAGES * page_size(), PROT_READ | PROT_WRITE) == 0);
	assert_pattern(area, PAGES * page_size(), SEED, "every page after the refused calls");
}

CLAIM(mprotect_wants_whole_mapped_pages, "prot-07",
      "mprotect refuses an address inside a page with EINVAL, and a range with a hole with ENOMEM")
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, SEED);

	/* The system call itself: musl rounds the address down before it asks. */
	assert_refused(syscall(SYS_mprotect, area + 1, page_size(), PROT_READ), EINVAL);
	assert_no_trap(try_store(area, load(area)));
	arrange(munmap(page(area, CHANGED), page_size()) == 0);
	assert_refused(mprotect(area, PAGES * page_size(), PROT_READ), ENOMEM);
	/* Whether the pages before the hole were changed is left open by POSIX: Linux changes them. */
	evidence("store before the hole", "%s",
		 try_store(area, load(area)).signal ? "refused" : "allowed");
	assert_no_trap(try_store(page(area, PAGES - 1), 1));
}

CONTROL(with_its_rights_back_everything_goes_through, "prot-05 fault-05 prot-08 prot-21 prot-07",
	"The same accesses on pages that allow them go through, and leave what was written")
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, SEED);
	int ends[2];

	arrange(pipe(ends) == 0 && write(ends[1], "abcdefgh", 8) == 8);
	assert_accepted(mprotect(area, PAGES * page_size(), PROT_NONE));
	assert_accepted(mprotect(area, PAGES * page_size(), PROT_READ | PROT_WRITE));
	assert_no_trap(try_store(page(area, CHANGED), 'x'));
	assert_byte(page(area, CHANGED), 'x', "the byte that was stored");
	assert_equals(read(ends[0], page(area, 3), 8), 8, "bytes read into the page");
	assert_same_bytes(page(area, 3), "abcdefgh", 8, "what was read");
}
