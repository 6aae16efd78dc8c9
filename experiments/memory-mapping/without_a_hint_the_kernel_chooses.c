/* SPDX-License-Identifier: MIT */
/*
 * Without a hint the kernel chooses the place of a mapping
 * ========================================================
 *
 * Document 002 calls NULL the usual start address. It is not the address 0, but leave to choose:
 * the kernel looks for a gap that is long enough and in which nobody has anything. A hint that
 * cannot be followed, for it lies below the lowest address that a process may map, or above the
 * highest, is treated much the same. Page 0 is kept empty, so that a null pointer traps.
 *
 *      0        mmap_min_addr                                         top of user space
 *      |  empty  |  text  data  heap  ->        <-  mmap area   stack  |  kernel
 *                                                      ^
 *                                           usually here; not a rule
 *
 * Look with: the returned addresses, the bytes found there, and VmSize, which would not grow by all
 *            of a mapping that was put over another one.
 * Read on:   mmap(2), proc(5) "mmap_min_addr"; document 002 "User-Level Memory Mapping".
 */
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Without a hint the kernel chooses the place of a mapping");

/* A mapping of so many bytes wherever the flags and the hint lead it. */
static char *map_at(void *hint, size_t length, int flags)
{
	return mmap(hint, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | flags, -1,
		    0);
}

/* The lowest address that an ordinary process may map; a page where the kernel does not tell. */
static uintptr_t lowest_address(void)
{
	long long lowest = setting_number("/proc/sys/vm/mmap_min_addr");

	return lowest > (long long)page_size() ? (uintptr_t)lowest : page_size();
}

CLAIM(without_a_hint_the_kernel_chooses, "map-05",
      "With NULL the kernel chooses each time a place of its own, on a page, and never address 0")
{
	enum { MANY = 8 };
	uintptr_t lowest = lowest_address();
	char *areas[MANY];

	for (unsigned i = 0; i < MANY; i++) {
		areas[i] = map_at(NULL, page_size(), 0);
		ck_assert_ptr_ne(areas[i], MAP_FAILED);
		ck_assert_uint_eq((uintptr_t)areas[i] % page_size(), 0);
		ck_assert_uint_ge((uintptr_t)areas[i], lowest);
		assert_all_bytes(areas[i], page_size(), 0, "a new mapping");
		write_pattern(areas[i], page_size(), i);
	}
	for (unsigned i = 0; i < MANY; i++) {
		assert_pattern(areas[i], page_size(), i, "what was written into it");
	}
}

CLAIM(the_place_chosen_was_free, "map-05",
      "A mapping whose place the kernel chose replaces nothing: the process grows by all its pages",
      .needs = PROCESS_STATUS)
{
	size_t before = status_bytes("VmSize");

	assert_accepted(map_at(NULL, 3 * page_size(), 0));
	assert_accepted(map_at((void *)1, 2 * page_size(), 0));
	assert_accepted(map_at(__builtin_frame_address(0), page_size(), 0));
	assert_equals(status_bytes("VmSize"), before + 6 * page_size(), "VmSize");
}

CLAIM(an_impossible_hint_is_no_error, "map-05",
      "A hint at the bottom or the top of all addresses yields a mapping at some other place")
{
	uintptr_t hints[] = {1, page_size() - 1, UINTPTR_MAX, UINTPTR_MAX - page_size() + 1};

	for (size_t i = 0; i < 4; i++) {
		char *area = map_at((void *)hints[i], 2 * page_size(), 0);

		ck_assert_ptr_ne(area, MAP_FAILED);
		assert_differs((uintptr_t)area, (uintptr_t)page_of((void *)hints[i]), "the place");
		assert_all_bytes(area, 2 * page_size(), 0, "the mapping");
		store(page(area, 1), 'x');
	}
}

CONTROL(an_impossible_order_is_refused, "map-05",
	"With MAP_FIXED the very top of all addresses is refused")
{
#ifdef __mips__
	const int answer = EINVAL; /* whatever the length, too far is a wrong address there */
#else
	const int answer = ENOMEM;
#endif
	uintptr_t top = UINTPTR_MAX - page_size() + 1;

	assert_refused(map_at((void *)top, page_size(), MAP_FIXED), answer);
}

CONTROL(an_ordinary_user_may_not_order_address_zero, "map-05",
	"With MAP_FIXED address 0 is refused to an ordinary user")
{
	IN_CHILD {
		become_an_ordinary_user();
		if (map_at(NULL, page_size(), MAP_FIXED) == NULL) {
			undecided("needs vm.mmap_min_addr above 0: set it");
		}
#ifdef __arm__
		/* There, two pages at the bottom are no program's at all: the vectors once lay in them. */
		assert_refused(map_at(NULL, page_size(), MAP_FIXED), EINVAL);
#else
		assert_refused(map_at(NULL, page_size(), MAP_FIXED), EPERM);
#endif
	}
}
