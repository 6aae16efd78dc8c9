/* SPDX-License-Identifier: MIT */
/*
 * An untouched mapping costs nothing but addresses
 * ================================================
 *
 * Whoever asks for memory, by mmap(2) or by a malloc(3) large enough to pass the question on, is
 * answered with addresses. Document 001 calls this lazy allocation, document 002 demand-zero
 * pages. It can be seen from three sides: the frames are not there, no fault was taken, and one
 * may map more than the machine has.
 *
 *      malloc(16 MiB)      |.................................|      a promise of 4096 pages
 *      the first touches   |o..o.............................|      two frames
 *
 * It is all the same how much is asked for. What remembers the promise is one record of start, end
 * and permissions, the area (VMA), as small for a terabyte as for a page. Even malloc cannot do
 * quite without a touch, however: it notes the size of the block in front of it (glibc), or at both
 * ends (musl), so that one page or two are there before the program has written anything.
 *
 * Look with: /proc/PID/status, VmSize and VmPTE; /proc/PID/pagemap; /proc/PID/smaps.
 * Read on:   mmap(2), proc(5); documents 001 "Lazy Allocation Explained", 002 (demand-zero
 * pages), 004 sections 5.2 and 18.2.
 */
#include <stdlib.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("An untouched mapping costs nothing but addresses");

enum { LENGTH = 16 * 1024 * 1024 };

static char *map(size_t length, int flags)
{
	return mmap(NULL, length, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | flags, -1, 0);
}

/* LENGTH bytes that have an area to themselves. */
static char *map_apart(int flags)
{
	char *area = mmap(reserve(LENGTH / page_size()), LENGTH, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | flags, -1, 0);

	arrange(area != MAP_FAILED);
	return area;
}

static char *large_block(void)
{
	char *volatile block = malloc(LENGTH); /* volatile: nothing the compiler may reason about */

	arrange(block);
	return block;
}

CLAIM(malloc_hands_out_addresses, "lazy-01",
      "A large block from malloc makes the address space larger by its whole length",
      .needs = PROCESS_STATUS | LIBC_MALLOC)
{
	size_t before = status_bytes("VmSize");
	char *block = large_block();

	assert_at_least(status_bytes("VmSize") - before, LENGTH, "bytes of address space added");
	store(block, 1);
	store(block + LENGTH - 1, 1);
}

CLAIM(malloc_attaches_almost_no_frame, "lazy-01",
      "Behind a large block from malloc no page is present but those of the allocator's own notes",
      .needs = PAGE_STATES)
{
	char *block = large_block();
	struct pages seen = observe_pages("block", page_of(block), LENGTH / page_size() + 1);
	size_t present = count_present(seen);

	if (present > 2 && load(block + LENGTH / 2) != 0) {
		undecided("needs an allocator that does not fill blocks: unset MALLOC_PERTURB_");
	}
	assert_at_most(present, 2, "pages present");
}

CLAIM(a_mapping_has_no_frames, "lazy-02",
      "A new anonymous mapping has no frame behind any page, and making it takes no fault",
      .needs = FAULT_COUNTS | PAGE_STATES | AREA_USAGE)
{
	char *place = reserve(LENGTH / page_size()), *area = NULL;
	struct faults spent = faults_of(area = mmap(place, LENGTH, PROT_READ | PROT_WRITE,
						    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1,
						    0));

	arrange(area == place);

	struct usage usage = observe_usage("smaps", area, LENGTH);

	assert_equals(of_both_kinds(spent), 0, "faults of mapping it");
	assert_strip(observe_pages("mapped", area, LENGTH / page_size()), ".");
	assert_equals(usage.size, LENGTH, "bytes of addresses");
	assert_equals(usage.rss + usage.swap, 0, "bytes of memory");
}

CLAIM(size_does_not_matter, "lazy-02",
      "The largest of mappings takes no fault, no frame and no page table, whatever RAM there is",
      .needs = FAULT_COUNTS | PROCESS_STATUS | PAGE_STATES)
{
	size_t length = LENGTH * (sizeof(void *) == 8 ? (size_t)4 * 1024 : 8);
	size_t window = 64;
	char *area = NULL;
	struct faults spent;

	(void)status_bytes("VmPTE");

	size_t size = status_bytes("VmSize"), tables = status_bytes("VmPTE");

	for (;; length /= 2) { /* ulimit -v or strict overcommit may refuse the first attempts */
		spent = faults_of(area = map(length, 0));
		if (area != MAP_FAILED || length < LENGTH) {
			break;
		}
	}
	arrange(area != MAP_FAILED);
	assert_equals(status_bytes("VmPTE") - tables, 0, "bytes of page tables added");
	assert_equals(status_bytes("VmSize") - size, length, "bytes of address space added");
	assert_equals(of_both_kinds(spent), 0, "faults of mapping it");
	assert_strip(observe_pages("start", area, window), ".");
	assert_strip(observe_pages("middle", area + length / 2, window), ".");
	assert_strip(observe_pages("end", area + length - window * page_size(), window), ".");
}

CONTROL(writing_brings_every_frame, "lazy-01",
	"After one byte was stored to each of its pages, the whole block from malloc is present",
	.needs = PAGE_STATES)
{
	char *block = large_block();
	size_t whole = LENGTH / page_size() - 1; /* pages that lie wholly within the block */
	char *first = page_of(block + page_size() - 1);

	store_each(first, whole, 1);
	assert_strip(observe_pages("block", first, whole), "p");
}

CONTROL(populating_brings_every_frame, "lazy-02",
	"The same mapping made with MAP_POPULATE has a frame behind every page from the start",
	.needs = FRAME_IDENTITY | AREA_USAGE)
{
	char *area = map_apart(MAP_POPULATE);

	assert_strip(observe_pages("populated", area, LENGTH / page_size()), "o");
	assert_equals(observe_usage("smaps", area, LENGTH).rss, LENGTH, "bytes of memory");
}
