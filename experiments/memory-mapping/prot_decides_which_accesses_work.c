/* SPDX-License-Identifier: MIT */
/*
 * The prot argument of mmap decides which accesses work in the new area
 * =====================================================================
 *
 * Document 002 says that prot holds the access permissions of the area, which sounds as though each
 * bit could be had alone. What is certain is only what a bit that is missing forbids, and
 * not even all of that. Without PROT_WRITE nobody stores. Under PROT_NONE nobody does anything. But
 * most processors have no page that can be written and not read, so that PROT_WRITE alone lets
 * loads through as well.
 *
 *      prot          load        store
 *      NONE          trap        trap
 *      READ          works       trap
 *      READ|WRITE    works       works
 *      WRITE         (reported)  works
 *
 * Look with: loads, stores and calls that may trap. SEGV_ACCERR says that there is a mapping, which
 *            forbids this access. The object is a file in memory, which keeps its bytes
 *            whatever its mappings forbid.
 * Read on:   mmap(2), sigaction(2) "si_code"; documents 002 "User-Level Memory Mapping", 003.
 */
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("The prot argument of mmap decides which accesses work in the new area");

enum { PAGES = 2, LARGEST_PAGE = 64 * 1024 };

static char *mapped(int fd, int prot, int sharing)
{
	char *area = mmap(NULL, PAGES * page_size(), prot, sharing, fd, 0);

	arrange(area != MAP_FAILED);
	return area;
}

static void assert_unharmed(int fd)
{
	static char content[PAGES * LARGEST_PAGE];

	arrange(page_size() <= LARGEST_PAGE);
	read_at(fd, content, PAGES * page_size(), 0);
	assert_pattern(content, PAGES * page_size(), 1, "the object after that");
}

/* A store that is refused at the first byte of the area and at the last. */
static void assert_store_refused(char *area)
{
	char *last = page(area, PAGES) - 1;

	assert_trap(try_store(area, 'x'), SIGSEGV, SEGV_ACCERR, area);
	assert_trap(try_store(last, 'x'), SIGSEGV, SEGV_ACCERR, last);
}

CLAIM(none_forbids_everything, "map-08",
      "Under PROT_NONE loads, stores and calls trap with SEGV_ACCERR")
{
	int fd = memory_file(PAGES, 1), sharing[] = {MAP_PRIVATE, MAP_SHARED};

	for (size_t i = 0; i < 2; i++) {
		char *area = mapped(fd, PROT_NONE, sharing[i]), *last = page(area, PAGES) - 1;

		assert_trap(try_load(area), SIGSEGV, SEGV_ACCERR, area);
		assert_trap(try_load(last), SIGSEGV, SEGV_ACCERR, last);
		assert_store_refused(area);
		assert_trap(try_call(area), SIGSEGV, SEGV_ACCERR, area);
	}
	assert_unharmed(fd);
}

CLAIM(read_forbids_stores, "map-08",
      "Under PROT_READ every byte can be loaded, and a store traps before as after it was")
{
	int fd = memory_file(PAGES, 1), sharing[] = {MAP_PRIVATE, MAP_SHARED};

	for (size_t i = 0; i < 2; i++) {
		char *area = mapped(fd, PROT_READ, sharing[i]);

		assert_store_refused(area);
		assert_pattern(area, PAGES * page_size(), 1, "what can be read");
		assert_store_refused(area);
		assert_pattern(area, PAGES * page_size(), 1, "what can be read then");
	}
	assert_unharmed(fd);
}

CLAIM(write_permits_stores, "map-08",
      "Under PROT_WRITE, with or without PROT_READ, every byte can be stored")
{
	int fd = memory_file(PAGES, 1), prots[] = {PROT_READ | PROT_WRITE, PROT_WRITE};
	static char content[PAGES * LARGEST_PAGE];

	arrange(page_size() <= LARGEST_PAGE);
	for (unsigned i = 0; i < 2; i++) {
		char *area = mapped(fd, prots[i], MAP_SHARED);

		assert_equals(bytes_until_trap(STORE, area, PAGES * page_size(), 1),
			      PAGES * page_size(), "bytes that can be stored");
		write_pattern(area, PAGES * page_size(), 2 + i);
		read_at(fd, content, PAGES * page_size(), 0);
		assert_pattern(content, PAGES * page_size(), 2 + i, "what has reached the object");
		if (!(prots[i] & PROT_READ)) {
			/* From a page that was stored to: a load from another one never ends on MIPS. */
			evidence("a load under PROT_WRITE alone", "%s",
				 try_load(area).signal ? "traps" : "works");
		}
	}
}

CONTROL(the_same_bytes_through_a_permitting_mapping, "map-08",
	"The same file, mapped once more, permits what its first mapping forbids")
{
	int fd = memory_file(PAGES, 1);
	char *barred = mapped(fd, PROT_NONE, MAP_SHARED);
	char *open = mapped(fd, PROT_READ | PROT_WRITE, MAP_SHARED);

	assert_trap(try_load(barred), SIGSEGV, SEGV_ACCERR, barred);
	assert_no_trap(try_load(open));
	assert_no_trap(try_store(open, 'x'));
	arrange(mprotect(barred, PAGES * page_size(), PROT_READ | PROT_WRITE) == 0);
	assert_no_trap(try_load(barred));
	assert_byte(barred, 'x', "what was stored through the other mapping");
}
