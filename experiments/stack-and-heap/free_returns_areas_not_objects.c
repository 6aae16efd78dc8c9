/* SPDX-License-Identifier: MIT */
/*
 * free returns areas, not objects
 * ===============================
 *
 * Whether free gives memory back is a matter of "allocator state and OS-visible mappings" (document
 * 004, 4.4). The kernel takes back whole pages, and an object never moves. So a page with one live
 * object in it has to stay, whatever the allocator wants, and a freed object there can still be
 * read, by mistake. A large block has an area to itself, and nobody else lives there: glibc and
 * musl unmap it in free.
 *
 *      small objects   |....L....|.......L.|L........|    one live object each: all three stay
 *      a large one     |.............................|    gone
 *
 * Look with: mincore(2), and SIGSEGV's si_code.
 * Read on:   free(3), munmap(2); document 004 section 4.4.
 */
#include <stdlib.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("free returns areas, not objects");

enum {
	SMALL = 100,
	SMALLS = 4000,
	LARGE = 40 * 1024 * 1024, /* above what glibc's threshold can ever be raised to */
	MANY = 64
};

static char *blocks[SMALLS];

/* volatile: nothing that the compiler may reason about, or leave out. */
static char *allocate(size_t length)
{
	char *volatile block = malloc(length);

	arrange(block);
	return block;
}

CLAIM(a_page_with_a_live_object_stays, "heap-05",
      "Where one object of each page is kept and all the others are freed, no page goes")
{
	size_t kept = 0, present = 0;
	char *last = NULL;

	for (size_t i = 0; i < SMALLS; i++) {
		blocks[i] = allocate(SMALL);
		memset(blocks[i], 'x', SMALL);
	}
	for (size_t i = 0; i < SMALLS; i++) {
		if (page_of(blocks[i]) == last) {
			free(blocks[i]);
			continue;
		}
		last = page_of(blocks[i]);
		blocks[kept++] = blocks[i];
	}
	for (size_t i = 0; i < kept; i++) {
		present += count_in_memory(page_of(blocks[i]), 1);
		assert_all_bytes(blocks[i], SMALL, 'x', "an object that was kept");
	}
	evidence("objects kept", "%zu of %d", kept, SMALLS);
	assert_equals(present, kept, "pages that are still in memory");
	assert_at_most(kept, SMALLS / 4, "objects kept");
}

CONTROL(where_nobody_lives_the_pages_go, "heap-05",
	"Of a large block that was filled and freed no page is there any more",
	.needs = LIBC_MALLOC)
{
	char *block = allocate(LARGE);
	char *volatile stale = page_of(block);
	unsigned char there;

	memset(block, 'x', 2 * page_size());
	assert_equals(count_in_memory(stale, 2), 2, "pages in memory before");
	free(block);
	assert_refused(mincore(stale, page_size(), &there), ENOMEM);
	assert_refused(mincore(page_of(stale + LARGE / 2), page_size(), &there), ENOMEM);
}

CLAIM(a_large_block_is_returned_at_once, "heap-07",
      "After free a large block is gone from its first byte to its last, every time",
      .needs = LIBC_MALLOC)
{
	for (int round = 0; round < 3; round++) {
		char *block = allocate(LARGE);
		char *volatile stale = block;

		store(block, 'a');
		store(block + LARGE / 2, 'b');
		store(block + LARGE - 1, 'c');
		free(block);
		assert_trap(try_load(stale), SIGSEGV, SEGV_MAPERR, stale);
		assert_trap(try_store(stale + LARGE / 2, 'x'), SIGSEGV, SEGV_MAPERR,
			    stale + LARGE / 2);
		assert_trap(try_load(stale + LARGE - 1), SIGSEGV, SEGV_MAPERR, stale + LARGE - 1);
	}
}

CONTROL(a_small_block_is_not, "heap-07",
	"A small block among others can still be read after free, which is no less an error",
	.needs = LIBC_MALLOC)
{
	char *blocks[MANY], *volatile stale;

	for (size_t i = 0; i < MANY; i++) {
		blocks[i] = allocate(MANY);
	}
	stale = blocks[MANY / 2];
	free(blocks[MANY / 2]);
	assert_no_trap(try_load(stale));
	assert_no_trap(try_load(stale + MANY - 1));
}
