/* SPDX-License-Identifier: MIT */
/*
 * A limit of addresses counts every page that is mapped
 * =====================================================
 *
 * RLIMIT_AS (ulimit -v) limits the address space, not the memory. Each page that is mapped counts
 * one, whether there is a frame behind it or not, whoever shares it, and even if nobody may access it.
 * The limit is met to the page: the mapping that would exceed it is refused with ENOMEM.
 *
 *                                    counts for ulimit -v
 *      private memory                 every page
 *      shared memory, a file          every page
 *      reserved (PROT_NONE)           every page
 *      MAP_FIXED over old pages       only what is new
 *      munmap                         gives back
 *
 * A process that is above its limit goes on: what it has it may use and unmap.
 *
 * Look with: errno, against VmSize in /proc/self/status.
 * Read on:   getrlimit(2) RLIMIT_AS, mmap(2) ENOMEM.
 */
#include <sys/mman.h>
#include <sys/resource.h>

#include <touchstone/experiment.h>

EXPERIMENT("A limit of addresses counts every page that is mapped");

enum { PAGES = 16 };

/* A way of mapping pages. */
struct way {
	const char *name;
	int prot, flags;
	bool file;
};
static const struct way ways[] = {
	{"private memory", PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, false},
	{"memory that is only read", PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, false},
	{"shared memory", PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, false},
	{"reserved addresses", PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, false},
	{"a shared file", PROT_READ, MAP_SHARED, true},
	{"a private file", PROT_READ | PROT_WRITE, MAP_PRIVATE, true},
};

/* The limit is in force for one call only: else the stack of the program could not grow, either. */
static struct rlimit limit_addresses(size_t bytes)
{
	struct rlimit usual, low;

	arrange(getrlimit(RLIMIT_AS, &usual) == 0);
	if (usual.rlim_cur < bytes) {
		undecided("needs %zu bytes of address space: raise ulimit -v", bytes);
	}
	low = usual;
	low.rlim_cur = bytes;
	arrange(setrlimit(RLIMIT_AS, &low) == 0);
	return usual;
}

/* 0 or errno: mapping so many pages while the address space may have so many bytes. */
static int error_under(size_t limit, size_t pages, const struct way *way, int fd, void *at)
{
	struct rlimit usual = limit_addresses(limit);
	void *area = mmap(at, pages * page_size(), way->prot, way->flags | (at ? MAP_FIXED : 0),
			  way->file ? fd : -1, 0);
	int error = area == MAP_FAILED ? errno : 0;

	arrange(setrlimit(RLIMIT_AS, &usual) == 0);
	if (area != MAP_FAILED && at == NULL) {
		arrange(munmap(area, pages * page_size()) == 0);
	}
	return error;
}

CLAIM(every_page_counts, "mmap-18",
      "Up to the limit every mapping is granted, of whatever kind, and a page more is ENOMEM",
      .needs = PROCESS_STATUS)
{
	int fd = memory_file(PAGES, 1);
	size_t room = status_bytes("VmSize") + PAGES * page_size();

	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		assert_equals(error_under(room, PAGES, &ways[i], fd, NULL), 0, ways[i].name);
		assert_equals(error_under(room - 1, PAGES, &ways[i], fd, NULL), ENOMEM,
			      ways[i].name);
		assert_equals(error_under(room, PAGES + 1, &ways[i], fd, NULL), ENOMEM,
			      ways[i].name);
	}
}

CLAIM(a_replacement_counts_nothing, "mmap-18",
      "What MAP_FIXED replaces makes room for what comes: only pages that are new count",
      .needs = PROCESS_STATUS)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);

	arrange(munmap(page(area, 2), PAGES / 2 * page_size()) == 0);

	size_t full = status_bytes("VmSize"), room = full + PAGES / 2 * page_size();

	assert_equals(error_under(full, 1, &ways[0], -1, page(area, 1)), 0, "over a page");
	assert_equals(error_under(room - 1, PAGES, &ways[0], -1, area), ENOMEM,
		      "over pages and a hole of eight, with room for seven");
	assert_pattern(area, page_size(), 1, "what was there before the refusal");
	assert_equals(error_under(room, PAGES, &ways[0], -1, area), 0, "with room for eight");
	assert_all_bytes(area, PAGES * page_size(), 0, "the new pages");
}

CLAIM(what_is_there_stays, "mmap-18",
      "Under a limit of nothing no page can be mapped, but what is mapped can be used and unmapped")
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, 1);
	int fd = memory_file(PAGES, 1);

	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		assert_equals(error_under(0, 1, &ways[i], fd, NULL), ENOMEM, ways[i].name);
	}

	struct rlimit usual = limit_addresses(0);
	int answer = munmap(page(area, 1), page_size());

	store(area, load(area));
	arrange(setrlimit(RLIMIT_AS, &usual) == 0);
	assert_equals(answer, 0, "munmap's answer");
	assert_trap(try_load(page(area, 1)), SIGSEGV, SEGV_MAPERR, page(area, 1));
	assert_pattern(area, page_size(), 1, "a page that was used");
}

CONTROL(without_the_limit_all_of_it_is_granted, "mmap-18",
	"Without a limit the same mappings are granted")
{
	int fd = memory_file(PAGES + 1, 1);
	struct rlimit usual;

	arrange(getrlimit(RLIMIT_AS, &usual) == 0);
	if (usual.rlim_cur != RLIM_INFINITY) {
		undecided("needs no limit: lift ulimit -v");
	}
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		int error = error_under(usual.rlim_cur, PAGES + 1, &ways[i], fd, NULL);

		assert_equals(error, 0, ways[i].name);
	}
}
