/* SPDX-License-Identifier: MIT */
/*
 * mremap meets the limits that mmap meets
 * =======================================
 *
 * Pages that an area grows by are new pages, and all that limits mmap(2) limits them: the address
 * space (ulimit -v) and, if they are private and writable, data (ulimit -d). What is only moved, or
 * made shorter, is not new.
 *
 *                               ulimit -v    ulimit -d
 *      longer                   ENOMEM       ENOMEM
 *      as long, elsewhere       granted      granted
 *      shorter                  granted      granted
 *
 * An area that is refused stays as it is, where it is.
 *
 * Look with: errno, against VmSize and VmData in /proc/self/status.
 * Read on:   mremap(2) ENOMEM; getrlimit(2) RLIMIT_AS, RLIMIT_DATA.
 */
#include <sys/mman.h>
#include <sys/resource.h>

#include <touchstone/experiment.h>

EXPERIMENT("mremap meets the limits that mmap meets");

enum { PAGES = 4, ROOM = 4, SAME = PAGES };

/* Four filled pages with four free ones behind them. */
static char *area_with_room(int sharing)
{
	char *area = filled_pages(PAGES + ROOM, sharing, 1);

	arrange(munmap(page(area, PAGES), ROOM * page_size()) == 0);
	return area;
}

/* 0 or errno: making it so many pages long, under a limit that is in force for this call only. */
static int error_under(int resource, size_t limit, char *area, size_t pages, int flags, char *to)
{
	struct rlimit usual, low;

	arrange(getrlimit(resource, &usual) == 0);
	if (usual.rlim_cur < limit) {
		undecided("needs a limit of at least %zu bytes: raise ulimit -v and -d", limit);
	}
	low = usual;
	low.rlim_cur = limit;
	arrange(setrlimit(resource, &low) == 0);

	void *answer = mremap(area, PAGES * page_size(), pages * page_size(), flags, to);
	int error = answer == MAP_FAILED ? errno : 0;

	arrange(setrlimit(resource, &usual) == 0);
	return error;
}

CLAIM(new_addresses_count, "mremap-12",
      "An area grows up to ulimit -v, a page more is ENOMEM, and to be moved it needs no room",
      .needs = PROCESS_STATUS)
{
	char *area = area_with_room(MAP_SHARED), *to = reserve(PAGES);
	int move = MREMAP_MAYMOVE, order = MREMAP_MAYMOVE | MREMAP_FIXED;
	size_t full = status_bytes("VmSize"), room = full + 2 * page_size();

	assert_equals(error_under(RLIMIT_AS, room - 1, area, PAGES + 2, move, NULL), ENOMEM,
		      "errno, two pages longer with a byte too little room");
	assert_equals(error_under(RLIMIT_AS, full, area, PAGES + 1, 0, NULL), ENOMEM,
		      "errno, a page longer with no room");
	assert_equals(error_under(RLIMIT_AS, full, area, SAME, order, to), 0, "errno, moved");
	assert_pattern(to, PAGES * page_size(), 1, "the area that was moved");
	assert_equals(error_under(RLIMIT_AS, 0, to, PAGES - 1, 0, NULL), 0, "errno, shorter");

	area = area_with_room(MAP_SHARED);
	room = status_bytes("VmSize") + 2 * page_size();
	assert_equals(error_under(RLIMIT_AS, room, area, PAGES + 2, 0, NULL), 0,
		      "errno, two pages longer with room for two");
	assert_pattern(area, PAGES * page_size(), 1, "the area that has grown");
}

/* The limit of data may be ignored by the whole kernel (ignore_rlimit_data). */
static bool is_data_limited(void)
{
	struct rlimit usual, low;

	arrange(getrlimit(RLIMIT_DATA, &usual) == 0);
	low = usual;
	low.rlim_cur = page_size();
	arrange(setrlimit(RLIMIT_DATA, &low) == 0);

	void *area = mmap(NULL, page_size(), PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	arrange(setrlimit(RLIMIT_DATA, &usual) == 0);
	return area == MAP_FAILED;
}

CLAIM(new_data_count, "mremap-12",
      "Private writable memory grows up to ulimit -d, and a page more is refused with ENOMEM",
      .needs = PROCESS_STATUS)
{
	char *area = area_with_room(MAP_PRIVATE), *shared = area_with_room(MAP_SHARED);
	bool limited = is_data_limited();
	size_t full = status_bytes("VmData"), room = full + 2 * page_size();

	if (!limited) {
		undecided("needs a kernel that minds ulimit -d");
	}

	assert_equals(error_under(RLIMIT_DATA, room - 1, area, PAGES + 2, 0, NULL), ENOMEM,
		      "errno, two pages longer with a byte too little room");
	assert_pattern(area, PAGES * page_size(), 1, "the area that was refused");
	assert_trap(try_load(page(area, PAGES)), SIGSEGV, SEGV_MAPERR, page(area, PAGES));
	assert_equals(error_under(RLIMIT_DATA, page_size(), shared, PAGES + 1, 0, NULL), 0,
		      "errno, shared memory under a limit that is exceeded");
	assert_equals(error_under(RLIMIT_DATA, room, area, PAGES + 2, 0, NULL), 0,
		      "errno, two pages longer with room for two");
	assert_all_bytes(page(area, PAGES), 2 * page_size(), 0, "what is new");
}

CONTROL(without_the_limits_it_grows, "mremap-12",
	"Without such a limit the same areas grow by as much")
{
	char *private = area_with_room(MAP_PRIVATE), *shared = area_with_room(MAP_SHARED);
	size_t old = PAGES * page_size(), new = (PAGES + 2) * page_size();

	arrange(mremap(private, old, new, 0) == private && mremap(shared, old, new, 0) == shared);
	assert_pattern(private, old, 1, "private memory");
	assert_pattern(shared, old, 1, "shared memory");
	assert_all_bytes(page(private, PAGES), 2 * page_size(), 0, "what is new");
}
