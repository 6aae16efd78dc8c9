/* SPDX-License-Identifier: MIT */
/*
 * A limit of data counts what is private and writable
 * ===================================================
 *
 * RLIMIT_DATA (ulimit -d) is older than mmap(2): it was about the data segment and brk(2). Since Linux
 * 4.7 it is about all memory that belongs to this process alone and can be written, wherever it
 * comes from; what is shared, only read, or merely reserved does not count. Permission
 * counts, not use: mprotect(2), too, meets the limit when it makes pages writable.
 *
 *                                    ulimit -v      ulimit -d
 *      private and writable            counts         counts     (memory and files alike)
 *      private, read only              counts
 *      reserved (PROT_NONE)            counts
 *      shared                          counts
 *      MAP_GROWSDOWN                   counts                    (that is a stack)
 *
 * (A limit of exactly 0 is treated otherwise by the kernel, for the sake of one program: here it is
 * never below a page.)
 *
 * Look with: errno, against VmData in /proc/self/status.
 * Read on:   getrlimit(2) RLIMIT_DATA, mmap(2) ENOMEM.
 */
#include <sys/mman.h>
#include <sys/resource.h>

#include <touchstone/experiment.h>

EXPERIMENT("A limit of data counts what is private and writable");

enum { PAGES = 16, WRITABLE = PROT_READ | PROT_WRITE };

/* The limit is in force for one call only: else nobody here could allocate, either. */
static struct rlimit limit_data(size_t bytes)
{
	const char ignored = setting_letter("/sys/module/kernel/parameters/ignore_rlimit_data");
	struct rlimit usual, low;

	arrange(getrlimit(RLIMIT_DATA, &usual) == 0);
	if (usual.rlim_cur < bytes || ignored == 'Y') {
		undecided("needs %zu bytes of data: raise ulimit -d (or it is ignored here)",
			  bytes);
	}
	low = usual;
	low.rlim_cur = bytes;
	arrange(setrlimit(RLIMIT_DATA, &low) == 0);
	return usual;
}

/* 0 or errno: mapping so many pages while there may be so many bytes of data. */
static int error_under(size_t limit, size_t pages, int prot, int flags, int fd)
{
	struct rlimit usual = limit_data(limit);
	void *area = mmap(NULL, pages * page_size(), prot, flags, fd, 0);
	int error = area == MAP_FAILED ? errno : 0;

	arrange(setrlimit(RLIMIT_DATA, &usual) == 0);
	if (area != MAP_FAILED) {
		arrange(munmap(area, pages * page_size()) == 0);
	}
	return error;
}

CLAIM(private_writable_pages_count, "mmap-19",
      "Up to the limit private writable memory and files are granted, and a page more is ENOMEM",
      .needs = PROCESS_STATUS)
{
	size_t room = status_bytes("VmData") + PAGES * page_size();
	int fds[] = {-1, memory_file(PAGES + 1, 1)}, memory = MAP_PRIVATE | MAP_ANONYMOUS;
	int flags[] = {memory, MAP_PRIVATE};

	for (size_t i = 0; i < 2; i++) {
		assert_equals(error_under(room, PAGES, WRITABLE, flags[i], fds[i]), 0,
			      "errno of a mapping up to the limit");
		assert_equals(error_under(room, PAGES + 1, WRITABLE, flags[i], fds[i]), ENOMEM,
			      "errno of a page more");
		assert_equals(error_under(room - 1, PAGES, PROT_WRITE, flags[i], fds[i]), ENOMEM,
			      "errno of a mapping that lacks a byte");
	}
}

CLAIM(no_other_page_counts, "mmap-19",
      "Under a limit that is exceeded already, shared, read-only and reserved pages are granted")
{
	int fd = memory_file(PAGES, 1), memory = MAP_PRIVATE | MAP_ANONYMOUS;
	size_t full = page_size();

	assert_equals(error_under(full, 1, WRITABLE, memory, -1), ENOMEM, "private memory");
	assert_equals(error_under(full, 1, WRITABLE, MAP_PRIVATE, fd), ENOMEM, "a private file");
	assert_equals(error_under(full, PAGES, PROT_READ, memory, -1), 0, "read-only memory");
	assert_equals(error_under(full, PAGES, PROT_NONE, memory, -1), 0, "reserved memory");
	assert_equals(error_under(full, PAGES, PROT_READ, MAP_PRIVATE, fd), 0, "a file to read");
	assert_equals(error_under(full, PAGES, WRITABLE, MAP_SHARED, fd), 0, "a shared file");
	assert_equals(error_under(full, PAGES, WRITABLE, MAP_SHARED | MAP_ANONYMOUS, -1), 0,
		      "shared memory");
	assert_equals(error_under(full, PAGES, WRITABLE, memory | MAP_GROWSDOWN, -1), 0, "a stack");
}

CLAIM(permission_counts, "mmap-19",
      "mprotect cannot make reserved pages writable beyond the limit, and leaves them as they are")
{
	char *area = mmap(NULL, PAGES * page_size(), PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	arrange(area != MAP_FAILED);

	struct rlimit usual = limit_data(page_size());
	int answer = mprotect(area, PAGES * page_size(), WRITABLE), error = errno;

	arrange(setrlimit(RLIMIT_DATA, &usual) == 0);
	assert_equals(answer, -1, "mprotect's answer");
	assert_equals(error, ENOMEM, "errno");
	assert_trap(try_store(area, 'x'), SIGSEGV, SEGV_ACCERR, area);
	assert_accepted(mprotect(area, PAGES * page_size(), WRITABLE));
	write_pattern(area, PAGES * page_size(), 1);
}

CONTROL(without_the_limit_they_are_granted, "mmap-19",
	"Without a limit private writable pages are granted")
{
	int fd = memory_file(PAGES, 1), memory = MAP_PRIVATE | MAP_ANONYMOUS;
	struct rlimit usual;

	arrange(getrlimit(RLIMIT_DATA, &usual) == 0);
	if (usual.rlim_cur != RLIM_INFINITY) {
		undecided("needs no limit: lift ulimit -d");
	}
	assert_equals(error_under(usual.rlim_cur, PAGES, WRITABLE, memory, -1), 0, "memory");
	assert_equals(error_under(usual.rlim_cur, PAGES, WRITABLE, MAP_PRIVATE, fd), 0, "a file");
}
