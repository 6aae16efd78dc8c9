/* SPDX-License-Identifier: MIT */
/*
 * A promise counts from mmap on
 * =============================
 *
 * Whoever keeps accounts of what memory he has promised (document 002: "the OS needs to ensure it has
 * space") has to write it down when he promises. So the kernel counts a mapping in full at mmap(2), when
 * not a page of it exists, and a touch changes nothing. It counts what may come to need a frame and a
 * slot of this process's own: private memory that may be written.
 *
 *      private, readable and writable      counted           "ac" in VmFlags
 *      private, read-only or no access     not counted       ... until mprotect(2) lets it be written
 *      MAP_NORESERVE                       not counted       (but for mode 2)
 *      shared file                         not counted       the file has a place for its pages
 *
 * So mprotect(2) can fail for want of memory that nobody asks for yet.
 *
 * Look with: VmFlags of /proc/PID/smaps; the errno of mmap(2) and mprotect(2).
 * Read on:   the kernel's Documentation/mm/overcommit-accounting.rst, proc(5) smaps; document 002,
 *            introduction; document 004 section 12.
 */
#include <errno.h>
#include <sys/mman.h>
#include <sys/sysinfo.h>

#include <touchstone/experiment.h>

EXPERIMENT("A promise counts from mmap on");

enum { PAGES = 16, READ_WRITE = PROT_READ | PROT_WRITE };

static char *mapped(int protection, int flags)
{
	char *area = mmap(reserve(PAGES), PAGES * page_size(), protection,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | flags, -1, 0);

	arrange(area != MAP_FAILED);
	return area;
}

static bool is_counted(const char *label, const char *area, size_t count)
{
	struct usage used = observe_usage(label, area, count * page_size());

	return usage_has_flag(&used, "ac");
}

CLAIM(what_may_be_written_is_counted, "swap-13",
      "Private memory counts from mmap on where it may be written, and a touch changes nothing",
      .needs = AREA_USAGE)
{
	char *area = mapped(READ_WRITE, 0), *readable = mapped(PROT_READ, 0),
	     *closed = mapped(PROT_NONE, 0);

	assert_equals(is_counted("untouched", area, PAGES), true, "counted: writable");
	assert_equals(is_counted("read-only", readable, PAGES), false, "counted: read-only");
	assert_equals(is_counted("no access", closed, PAGES), false, "counted: without access");
	store_each(area, PAGES, 'x');
	load_each(readable, PAGES);
	assert_equals(is_counted("written", area, PAGES), true, "counted: writable, and written");
	assert_equals(is_counted("read", readable, PAGES), false, "counted: read-only, and read");
}

CLAIM(a_right_to_write_is_a_promise, "swap-13",
      "Of an area that may not be written exactly the pages count that mprotect gives that right",
      .needs = AREA_USAGE)
{
	for (int i = 0; i < 2; i++) {
		char *area = mapped(i == 0 ? PROT_NONE : PROT_READ, 0);

		assert_accepted(mprotect(page(area, 3), 2 * page_size(), READ_WRITE));
		assert_equals(is_counted("before", area, 3), false, "counted: the pages before");
		assert_equals(is_counted("writable", page(area, 3), 2), true, "counted: writable");
		assert_equals(is_counted("behind", page(area, 5), PAGES - 5), false,
			      "counted: the pages behind");
	}
}

CLAIM(a_right_to_write_may_be_refused, "swap-13",
      "Twice all RAM and swap may be mapped to be read, and mprotect then cannot let it be written",
      .needs = HEURISTIC_OVERCOMMIT)
{
	struct sysinfo machine;

	arrange(sysinfo(&machine) == 0);

	uint64_t all = ((uint64_t)machine.totalram + machine.totalswap) * machine.mem_unit;
	size_t length = (size_t)(2 * all) / page_size() * page_size();
	const int little[] = {PROT_NONE, PROT_READ};

	for (int i = 0; i < 2; i++) {
		char *area = (char *)assert_accepted(
			mmap(NULL, length, little[i], MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));

		assert_refused(mprotect(area, length, READ_WRITE), ENOMEM);
		assert_accepted(mprotect(area, page_size(), READ_WRITE));
		store(area, 'x');
		assert_byte(area, 'x', "the page that may be written");
		assert_accepted(munmap(area, length));
	}
}

CONTROL(not_everything_writable_is_a_promise, "swap-13",
	"A shared file, and memory mapped with MAP_NORESERVE, may be written and do not count",
	.needs = AREA_USAGE | HEURISTIC_OVERCOMMIT)
{
	char *unreserved = mapped(READ_WRITE, MAP_NORESERVE);
	char *file = fresh_mapping(PAGES, MAP_SHARED, memory_file(PAGES, 1));

	store_each(unreserved, PAGES, 'x');
	store_each(file, PAGES, 'x');
	assert_equals(is_counted("unreserved", unreserved, PAGES), false, "counted: NORESERVE");
	assert_equals(is_counted("file", file, PAGES), false, "counted: a shared file");
}
