/* SPDX-License-Identifier: MIT */
/*
 * Filling a mebibyte costs a page fault for each of its pages
 * ===========================================================
 *
 * Document 001 runs a small program that takes 1 MiB from malloc(3), fills it, and asks
 * getrusage(2) for its page faults before and after: 84 and 340. The difference is 256, for 1 MiB
 * is 256 pages of 4 KiB, and the fill is the first to touch any of them. (Pages of 64 KiB would
 * make it 16, huge pages 1.) That the buffer came from malloc is a small complication: glibc puts a
 * header in front of a block that gets a mapping of its own. So the block begins 16 bytes into a
 * page and lies across 257 pages; but the first of them has had its fault inside malloc:
 *
 *      |h###|####|####|  ...  |####|#   |      h  the header, written by malloc
 *       malloc `------ 256 faults ----'        #  the 1 MiB that the program fills
 *
 * Another malloc keeps its notes elsewhere: that of musl touches the last page as well, mostly, and
 * leaves 255. The rule behind all these figures is the same. A page faults when it is touched
 * first, whoever does it, and never again.
 *
 * Look with: getrusage(2), ru_minflt; /proc/PID/pagemap.
 * Read on:   getrusage(2), malloc(3), mallopt(3) "M_MMAP_THRESHOLD"; document 001 "Observations".
 */
#include <malloc.h>
#include <stdlib.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("Filling a mebibyte costs a page fault for each of its pages");

enum { MIB = 1024 * 1024 };

/*
 * A function of its own, so that the rehearsal runs the very code that is measured later. Not memset(3), which on
 * some processors (s390x) loads from a page before it stores there, and so takes two faults.
 */
__attribute__((noinline)) static struct faults faults_of_filling(char *mebibyte)
{
	volatile uint64_t *words = (void *)mebibyte;

	return faults_of(for (size_t i = 0; i < MIB / sizeof *words; i++) { words[i] = 1; });
}

/* Twice a new mebibyte from mmap; the first is filled as a rehearsal, the other one is for use. */
static char *fresh_mebibyte(void)
{
	char *area = mmap(NULL, 2 * MIB, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1,
			  0);

	arrange(area != MAP_FAILED);
	(void)faults_of_filling(area);
	return area + MIB;
}

/* The first malloc sets the allocator up, too; what it costs is not what a block costs. */
static void rehearse_malloc(void)
{
	char *volatile block = malloc(MIB); /* volatile: nothing the compiler may reason about */

	arrange(block);
	if (load(block + MIB / 2) != 0) {
		undecided("needs an allocator that does not fill blocks: unset MALLOC_PERTURB_");
	}
	(void)faults_of_filling(block); /* never freed: glibc would change its ways for the next */
}

static size_t pages_across(const char *start, size_t length)
{
	return (size_t)(page_of(start + length - 1) - page_of(start)) / page_size() + 1;
}

CLAIM(each_page_faults_once, "lazy-09",
      "Filling 1 MiB of fresh memory takes exactly one minor fault a page, and no major one",
      .needs = FAULT_COUNTS)
{
	char *buffer = fresh_mebibyte();
	struct faults spent = faults_of_filling(buffer);

	assert_equals(spent.minor, MIB / page_size(), "minor faults of the fill");
	assert_equals(spent.major, 0, "major faults of the fill");
}

CLAIM(only_absent_pages_fault, "lazy-10",
      "Filling a block from malloc takes a fault for each of its pages that malloc left absent",
      .needs = FAULT_COUNTS | PAGE_STATES)
{
	rehearse_malloc();

	char *block = malloc(MIB);

	arrange(block);

	size_t across = pages_across(block, MIB);
	size_t absent = across - count_present(observe_pages("malloc", page_of(block), across));
	struct faults spent = faults_of_filling(block);

	assert_at_least(absent, across - 2, "pages that malloc left absent, all but two at most");
	assert_equals(spent.minor, absent, "minor faults of the fill");
	assert_equals(count_present(observe_pages("filled", page_of(block), across)), across,
		      "pages present after it");
}

CLAIM(malloc_takes_the_first_fault, "lazy-10",
      "A block with its header in front spans a page more, and malloc takes that page's fault",
      .needs = FAULT_COUNTS | PAGE_STATES)
{
	rehearse_malloc();

	char *block = NULL;
	struct faults of_malloc = faults_of(block = malloc(MIB));

	arrange(block);

	size_t header = (size_t)(block - page_of(block));
	char *end = block + malloc_usable_size(block);

	evidence("the block starts", "%zu bytes into its page", header);
	if (header == 0 || header > 4 * sizeof(size_t) || end != page_of(end)) {
		undecided(
			"needs a malloc that maps a large block with a header before it: glibc's");
	}

	size_t across = pages_across(block, MIB);
	struct pages seen = observe_pages("malloc", page_of(block), across);

	assert_equals(across, MIB / page_size() + 1, "pages that the block spans");
	assert_equals(of_malloc.minor, 1, "minor faults inside malloc");
	assert_equals(count_present(seen), 1, "pages present before the fill");
	assert_equals(page_is_present(seen, 0), true, "the page of the header is present");
	assert_equals(faults_of_filling(block).minor, across - 1, "minor faults of the fill");
}

CONTROL(filling_again_costs_nothing, "lazy-09 lazy-10",
	"Mapping a buffer that starts on a page costs no fault, and neither does a second fill",
	.needs = FAULT_COUNTS)
{
	char *buffer = fresh_mebibyte(), *other = NULL;

	assert_equals(faults_of_filling(buffer).minor, MIB / page_size(),
		      "minor faults of the first fill");
	assert_equals(faults_of_filling(buffer).minor, 0, "minor faults of the second fill");
	assert_equals(faults_of(other = mmap(NULL, MIB, PROT_READ | PROT_WRITE,
					     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0))
			      .minor,
		      0, "minor faults of mapping another buffer");
	arrange(other != MAP_FAILED);
	assert_address(other, page_of(other), "where the mapped buffer starts");
}
