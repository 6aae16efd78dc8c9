/* SPDX-License-Identifier: MIT */
/*
 * Low addresses can be asked for on x86-64
 * ========================================
 *
 * MAP_32BIT has a misleading name. It is not about the 4 GiB that 32 bits can address, but about the
 * lowest 2 GiB of a 64-bit program: the reach of a signed 32-bit displacement, and a place where
 * the first 64-bit processors switched threads faster. It is known on x86-64 only, and
 * only as a wish about where the kernel looks; with MAP_FIXED there is nothing to look for,
 * and it is ignored.
 *
 *      0              2 GiB                                     128 TiB
 *      |  MAP_32BIT  |             usual mappings, far above  ->   |
 *
 * Look with: the addresses returned.
 * Read on:   mmap(2) MAP_32BIT.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("Low addresses can be asked for on x86-64");

enum { MANY = 8, PAGES = 3 };

#if defined(__x86_64__) && defined(__LP64__)
#define LOW MAP_32BIT
#else
#define LOW 0
#endif

static char *map_at(void *hint, int flags)
{
	if (LOW == 0) {
		undecided("needs MAP_32BIT: a 64-bit program on x86-64");
	}
	return (char *)assert_accepted(mmap(hint, PAGES * page_size(), PROT_READ | PROT_WRITE,
					    MAP_PRIVATE | MAP_ANONYMOUS | flags, -1, 0));
}

static uint64_t end_of(const char *area)
{
	return (uint64_t)(uintptr_t)area + PAGES * page_size();
}

CLAIM(the_place_is_below_two_gibibytes, "mmap-15",
      "With MAP_32BIT each mapping ends below 2 GiB, and none is put over another")
{
	char *areas[MANY];

	for (unsigned i = 0; i < MANY; i++) {
		areas[i] = map_at(NULL, LOW);
		assert_at_most(end_of(areas[i]), UINT64_C(1) << 31, "where the mapping ends");
		assert_all_bytes(areas[i], PAGES * page_size(), 0, "the mapping");
		write_pattern(areas[i], PAGES * page_size(), i);
	}
	for (unsigned i = 0; i < MANY; i++) {
		assert_pattern(areas[i], PAGES * page_size(), i, "what was written into it");
	}
}

CLAIM(an_order_prevails, "mmap-15",
      "With MAP_FIXED it is ignored: the mapping is where it was ordered")
{
	char *high = reserve(PAGES);

	assert_address(map_at(high, LOW | MAP_FIXED), high, "the place ordered");
	assert_all_bytes(high, PAGES * page_size(), 0, "the mapping");
}

CONTROL(without_the_flag_the_place_is_high, "mmap-15",
	"Without the flag the kernel chooses a place far above 2 GiB")
{
	for (unsigned i = 0; i < MANY; i++) {
		assert_at_least(end_of(map_at(NULL, 0)), (UINT64_C(1) << 31) + 1,
				"where the mapping ends");
	}
}
