/* SPDX-License-Identifier: MIT */
/*
 * malloc tells when it gets nothing
 * =================================
 *
 * "The allocator may eventually request more virtual memory from the kernel", says document 004
 * (17.4), and the kernel may say no. The answer is passed on: a null pointer, and ENOMEM in
 * errno. Nothing is lost by asking. A block that realloc could not enlarge is still there, with
 * all its bytes, which is why  p = realloc(p, more)  leaks it.
 *
 *      malloc  -> mmap, brk -> ENOMEM -> NULL
 *
 * On most machines this happens by limits only, for address space is promised freely (document 001).
 *
 * Look with: errno, ulimit -v.
 * Read on:   malloc(3), posix_memalign(3), getrlimit(2) RLIMIT_AS; document 004 section 17.4.
 */
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>

#include <touchstone/experiment.h>

EXPERIMENT("malloc tells when it gets nothing");

enum { LARGE = 64 * 1024 * 1024, SMALL = 3000 };

static volatile size_t large = LARGE; /* volatile: lest the compiler know what is asked for */

/* Soft only: a lowered hard limit could not be raised again. */
static void allow_no_growth(void)
{
	struct rlimit limit;

	arrange(getrlimit(RLIMIT_AS, &limit) == 0);
	limit.rlim_cur = 0;
	arrange(setrlimit(RLIMIT_AS, &limit) == 0);
}

/* A call that has to answer NULL, with ENOMEM. */
#define ASSERT_NOTHING(call)                                                                       \
	({                                                                                         \
		errno = 0;                                                                         \
		__asm__ volatile("" ::: "memory"); /* clang takes malloc to leave errno alone */   \
		void *volatile block_ = (call);                                                    \
		__asm__ volatile("" ::: "memory");                                                 \
		int error_ = errno;                                                                \
		assert_address(block_, NULL, "what " #call " answers");                            \
		assert_equals(error_, ENOMEM, "errno after " #call);                               \
	})

CLAIM(a_refusal_is_passed_on, "heap-22",
      "Where RLIMIT_AS allows no more, malloc and calloc answer NULL with ENOMEM, time after time")
{
	IN_CHILD {
		allow_no_growth();
		for (int round = 0; round < 3; round++) {
			ASSERT_NOTHING(malloc(large));
			ASSERT_NOTHING(calloc(large, 1));
			ASSERT_NOTHING(calloc(1, large));
		}
	}
}

CLAIM(other_doors_are_shut_alike, "heap-22",
      "posix_memalign answers ENOMEM itself, and mmap, which is behind all of them, MAP_FAILED")
{
	IN_CHILD {
		void *block;

		allow_no_growth();
		assert_equals(posix_memalign(&block, page_size(), large), ENOMEM,
			      "what posix_memalign answers");
		assert_refused(mmap(NULL, large, PROT_READ | PROT_WRITE,
				    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
			       ENOMEM);
	}
}

CLAIM(a_block_survives_a_refusal, "heap-22",
      "When realloc is refused, the old block is there as before, in each of its bytes")
{
	char *volatile block = malloc(SMALL);

	arrange(block);
	write_pattern(block, SMALL, 1);
	IN_CHILD {
		allow_no_growth();
		for (int round = 0; round < 3; round++) {
			ASSERT_NOTHING(realloc(block, large));
			assert_pattern(block, SMALL, 1, "the old block");
		}
		write_pattern(block, SMALL, 2);
		assert_pattern(block, SMALL, 2, "the old block, written anew");
		free(block);
	}
}

CLAIM(an_impossible_length_is_refused, "heap-22",
      "Half of all addresses are refused without any limit, and so is a product that overflows")
{
	volatile size_t half = SIZE_MAX / 2 + 1, root = (size_t)1 << (sizeof(size_t) * 4);

	ASSERT_NOTHING(malloc(half));
	ASSERT_NOTHING(malloc(half + half / 2));
	ASSERT_NOTHING(calloc(root, root));
	ASSERT_NOTHING(calloc(half, 2));
}

CONTROL(without_the_limit_it_is_served, "heap-22",
	"Without the limit the same requests are served, and their first and last byte can be used")
{
	char *volatile block = malloc(large);

	arrange(block); /* undecided where another limit stands */
	store(block, 'a');
	store(block + large - 1, 'z');
	assert_byte(block, 'a', "the first byte");
	assert_byte(block + large - 1, 'z', "the last byte");

	char *volatile longer = realloc(block, large + SMALL);

	arrange(longer);
	assert_byte(longer, 'a', "the first byte of the longer block");
	assert_byte(longer + large - 1, 'z', "the last one of the shorter block");
}
