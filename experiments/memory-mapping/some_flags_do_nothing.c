/* SPDX-License-Identifier: MIT */
/*
 * Some flags of mmap do nothing
 * =============================
 *
 * Flags live long. Some were a good idea once, some are meant for other machines, some for later;
 * mmap(2) accepts them all.
 *
 *      MAP_FILE            says what goes without saying (it is 0)
 *      MAP_DENYWRITE       once kept others from writing to the file; anybody could be vexed by it
 *      MAP_EXECUTABLE      gives no right to execute: that is PROT_EXEC
 *      MAP_UNINITIALIZED   spares the zeroing, on machines without an MMU; elsewhere it would show
 *                          a process what others have left behind
 *      MAP_STACK           says what the memory is for. Nothing follows from it; since Linux 6.7
 *                          the kernel uses no huge pages there (the flag nh in smaps)
 *
 * The manual still lists ETXTBSY for MAP_DENYWRITE on a file that is open for writing. It does
 * not come.
 *
 * Look with: every byte, a jump into the memory, VmFlags in /proc/self/smaps.
 * Read on:   mmap(2) "The flags argument", "ERRORS".
 */
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Some flags of mmap do nothing");

#ifndef MAP_UNINITIALIZED
#define MAP_UNINITIALIZED 0x4000000
#endif

enum { PAGES = 4, ROUNDS = 8 };

static char *map_with(int flags)
{
	return (char *)assert_accepted(
		mmap(reserve(PAGES), PAGES * page_size(), PROT_READ | PROT_WRITE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | flags, -1, 0));
}

CLAIM(nobody_is_kept_from_writing, "mmap-13",
      "MAP_DENYWRITE maps a file that is open for writing, which can be opened and written still")
{
	int fd = scratch_file(PAGES, 1), sharing[] = {MAP_PRIVATE, MAP_SHARED};
	static char bytes[64 * 1024];

	arrange(page_size() <= sizeof bytes);
	for (unsigned i = 0; i < 2; i++) {
		char *area = (char *)assert_accepted(mmap(NULL, PAGES * page_size(), PROT_READ,
							  sharing[i] | MAP_DENYWRITE, fd, 0));

		pattern_bytes(bytes, page_size(), 2 + i, 0);
		assert_accepted(pwrite(open_again(fd, O_WRONLY), bytes, page_size(), 0));
		assert_pattern(area, page_size(), 2 + i,
			       "the mapping, which nobody has written to");
	}
}

CLAIM(no_right_to_execute_is_given, "mmap-13",
      "What is mapped with MAP_EXECUTABLE, but without PROT_EXEC, cannot be called",
      .needs = NO_EXECUTE)
{
	char *area = map_with(MAP_EXECUTABLE);

	__builtin___clear_cache(area, area + copy_return_function(area));
	assert_trap(try_call(area), SIGSEGV, SEGV_ACCERR, area);
}

CLAIM(memory_is_zero_whatever_is_asked_for, "mmap-13",
      "With MAP_UNINITIALIZED memory is as zero as without, though its frames were in use before")
{
	for (int i = 0; i < ROUNDS; i++) {
		char *former = map_with(0);

		write_pattern(former, PAGES * page_size(), 1);
		arrange(munmap(former, PAGES * page_size()) == 0);
		assert_all_bytes(map_with(MAP_UNINITIALIZED), PAGES * page_size(), 0,
				 "memory mapped with MAP_UNINITIALIZED");
	}
}

/* The VmFlags of an area that was mapped so, without "nh", which only huge pages mind. */
static void flags_of(int flags, char text[256])
{
	struct usage usage = observe_usage("mapped", map_with(flags), PAGES * page_size());
	char *no_huge_pages = strstr(usage.flags, "nh");

	if (no_huge_pages != NULL) {
		memmove(no_huge_pages, no_huge_pages + 2, strlen(no_huge_pages + 2) + 1);
	}
	for (size_t to = 0, from = 0;; from++) {
		text[to] = usage.flags[from];
		to += usage.flags[from] != ' ';
		if (usage.flags[from] == 0) {
			return;
		}
	}
}

CLAIM(the_area_is_like_any_other, "mmap-13",
      "An area that is mapped with any of these flags has the VmFlags that it has without",
      .needs = AREA_USAGE)
{
	const int each[] = {MAP_FILE, MAP_DENYWRITE, MAP_EXECUTABLE, MAP_UNINITIALIZED, MAP_STACK};
	char usual[256], seen[256];

	flags_of(0, usual);
	for (size_t i = 0; i < 5; i++) {
		flags_of(each[i], seen);
		ck_assert_str_eq(seen, usual);
	}
}

CLAIM(a_stack_does_not_grow, "mmap-13",
      "Memory that is mapped with MAP_STACK does not grow: a touch below it is refused")
{
	char *area = map_with(MAP_STACK);

	arrange(munmap(area, page_size()) == 0);
	assert_trap(try_store(page(area, 1) - 1, 's'), SIGSEGV, SEGV_MAPERR, page(area, 1) - 1);
	assert_all_bytes(page(area, 1), (PAGES - 1) * page_size(), 0, "the memory");
	write_pattern(page(area, 1), (PAGES - 1) * page_size(), 1);
}

CONTROL(a_flag_that_does_something_shows, "mmap-13",
	"MAP_GROWSDOWN, which does something, shows in the VmFlags of the same area",
	.needs = AREA_USAGE)
{
	char usual[256], seen[256];

	flags_of(0, usual);
	flags_of(MAP_GROWSDOWN, seen);
	ck_assert_str_ne(seen, usual);
	ck_assert_ptr_ne(strstr(seen, "gd"), NULL);
}
