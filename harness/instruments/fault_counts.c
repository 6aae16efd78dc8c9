/* SPDX-License-Identifier: MIT */
/*
 * Page fault counts, for fault_counts.h and touchstone/faults.h.
 */
#include "instruments/fault_counts.h"

#include <limits.h>
#include <link.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "instruments/fresh_pages.h"
#include "instruments/page_size.h"

struct faults faults_now(void)
{
	struct rusage usage = {0};

	if (getrusage(RUSAGE_SELF, &usage) != 0) {
		return (struct faults){0, 0};
	}
	return (struct faults){.minor = usage.ru_minflt, .major = usage.ru_majflt};
}

struct faults faults_since(struct faults earlier)
{
	struct faults now = faults_now();

	return (struct faults){now.minor - earlier.minor, now.major - earlier.major};
}

/* A kernel before 5.14 cannot be asked to map pages: then each is read once. */
#ifndef MADV_POPULATE_READ
#define MADV_POPULATE_READ 22
#endif

/* To map pages is not enough where the first use of a page that is mapped is a fault, too: each has to be used. */
static bool only_use_helps;

__attribute__((no_sanitize("address"))) static void map_pages(char *start, char *end)
{
	size_t size = machine_page_size();

	if (!only_use_helps && madvise(start, (size_t)(end - start), MADV_POPULATE_READ) == 0) {
		return;
	}
	for (char *page = start; page < end; page += size) {
		(void)*(volatile char *)page;
	}
}

/*
 * The texts of all experiments, which no claim reads: nothing where the program has none. These two names are the
 * linker's own invention.
 */
/* NOLINTBEGIN(bugprone-reserved-identifier) */
extern char __start_touchstone_texts[] __attribute__((weak));
extern char __stop_touchstone_texts[] __attribute__((weak));
/* NOLINTEND(bugprone-reserved-identifier) */

/* All but the texts, which would make the process larger by some megabytes. */
static void map_part(char *start, char *end)
{
	if (__start_touchstone_texts >= start && __stop_touchstone_texts <= end) {
		uintptr_t within = machine_page_size() - 1;

		map_pages(start,
			  (char *)(((uintptr_t)__start_touchstone_texts + within) & ~within));
		start = (char *)((uintptr_t)__stop_touchstone_texts & ~within);
	}
	map_pages(start, end);
}

/* So it is in user-mode-linux, which tells its host of a page when it is used. */
__attribute__((no_sanitize("address"))) static bool a_populated_page_faults(void)
{
	size_t size = machine_page_size();
	char *page = mmap(NULL, size, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
	struct faults before, spent;

	if (page == MAP_FAILED) {
		return false;
	}
	(void)faults_since(faults_now());
	before = faults_now();
	(void)*(volatile char *)page;
	spent = faults_since(before);
	munmap(page, size);
	return spent.minor > 0;
}

/* fork copies no page-table entry that the page cache can fill in again: all code and constants are absent. */
static int map_code(struct dl_phdr_info *object, size_t size, void *unused)
{
	uintptr_t mask = ~(uintptr_t)(machine_page_size() - 1);

	(void)size;
	(void)unused;
	for (int i = 0; i < object->dlpi_phnum; i++) {
		const ElfW(Phdr) *part = &object->dlpi_phdr[i];
		uintptr_t start = object->dlpi_addr + part->p_vaddr;

		if (part->p_type == PT_LOAD && (part->p_flags & (PF_R | PF_W)) == PF_R) {
			map_part((char *)(start & mask),
				 (char *)((start + part->p_filesz + ~mask) & mask));
		}
	}
	return 0;
}

/*
 * Counting needs its code mapped, its symbol bound, and a little stack below whoever counts. After
 * a fork each of these pages is absent or write-protected again in the child, and the stack is write-protected in
 * the parent, so all are used once here.
 */
static bool not_wanted;
static pid_t mapped_by; /* whose code is mapped already */

void fault_counts_are_not_wanted(void)
{
	not_wanted = true;
}

__attribute__((noinline, no_sanitize("address"))) void fault_counts_warm_up(void)
{
	if (not_wanted) {
		return;
	}

	volatile char stack[32 * 1024];
	size_t step = machine_page_size() < sizeof(stack) ? machine_page_size() : sizeof(stack);

	for (size_t offset = 0; offset < sizeof(stack); offset += step) {
		stack[offset] = 0;
	}
	stack[sizeof(stack) - 1] = 0;
	if (mapped_by != getpid()) {
		/* Asked once: a child knows it from its parent. */
		if (mapped_by == 0 && !only_use_helps) {
			only_use_helps = a_populated_page_faults();
		}
		dl_iterate_phdr(map_code, NULL);
		mapped_by = getpid();
	}
	(void)faults_since(faults_now());
}

void fault_counts_warm_up_again(void)
{
	mapped_by = 0;
	only_use_helps = true; /* for all that is mapped counts as unused */
	fault_counts_warm_up();
}

/* A decimal number that fits a long and is followed by a space, which is stepped over. */
static bool parse_count(const char **at, const char *end, long *value)
{
	const char *digit = *at;

	*value = 0;
	while (digit < end && *digit >= '0' && *digit <= '9') {
		if (*value > (LONG_MAX - (*digit - '0')) / 10) {
			return false;
		}
		*value = *value * 10 + (*digit++ - '0');
	}
	if (digit == *at || digit == end || *digit != ' ') {
		return false;
	}
	*at = digit + 1;
	return true;
}

bool fault_counts_parse_stat(const char *text, size_t length, struct faults *faults)
{
	enum { STATE = 3, MINOR = 10, CHILDRENS_MINOR = 11, MAJOR = 12 };
	const char *end = text + length;
	const char *at = text;
	struct faults found;
	long ignored;

	if (!parse_count(&at, end, &ignored) || at == end || *at != '(') {
		return false;
	}
	/* Only the last ')' ends the command: it may hold some, and no later field does. */
	at = memrchr(at, ')', (size_t)(end - at));
	if (!at || end - at < 2 || at[1] != ' ') {
		return false;
	}
	at += 2;
	for (int field = STATE; field < MINOR; field++) {
		const char *space = memchr(at, ' ', (size_t)(end - at));
		if (!space || space == at) {
			return false;
		}
		at = space + 1;
	}
	if (!parse_count(&at, end, &found.minor) || !parse_count(&at, end, &ignored) ||
	    !parse_count(&at, end, &found.major)) {
		return false;
	}
	*faults = found;
	return true;
}

enum { PROOF_PAGES = 16 };

static bool counts_of_touches_are(char *area, size_t first, size_t count, long expected)
{
	struct faults before = faults_now();

	for (size_t number = first; number < first + count; number++) {
		fresh_pages_write(area, number);
	}

	struct faults spent = faults_since(before);
	return spent.minor == expected && spent.major == 0;
}

/* Several windows, for a count that is wrong by chance is seldom right four times in a row. */
static bool counts_are_exact(void)
{
	char *area = fresh_pages_map(PROOF_PAGES);
	if (!area) {
		return false;
	}

	fault_counts_warm_up();
	bool exact = counts_of_touches_are(area, 0, 0, 0) && counts_of_touches_are(area, 0, 1, 1) &&
		     counts_of_touches_are(area, 1, PROOF_PAGES - 1, PROOF_PAGES - 1) &&
		     counts_of_touches_are(area, 0, PROOF_PAGES, 0);
	fresh_pages_unmap(area, PROOF_PAGES);
	return exact;
}

bool fault_counts_prove_themselves(void)
{
	return fresh_pages_prove(counts_are_exact);
}
