/* SPDX-License-Identifier: MIT */
/*
 * The kernel's half is in no map
 * ==============================
 *
 * In the picture of document 004 (section 3) the kernel's space is the uppermost box of the
 * process. The processor translates those addresses indeed, but no list that the process can
 * read holds them, and no access of its own gets there. Nor do the two halves touch, with 64
 * bits: an address has fewer bits that count, 48 or 57 on x86-64, and all others have to equal
 * the last of them.
 *
 *      ffffffffffffffff  kernel's half      bit 63 set          SIGSEGV
 *                        ..............
 *                        not canonical      refused before any page table is looked at: SI_KERNEL,
 *                        ..............     and the address is not even told
 *      00007fffffffffff  the process's half                     SEGV_MAPERR where nothing is mapped
 *      0000000000000000
 *
 * What lies up there and is listed all the same is [vsyscall], a page of old system calls that
 * some x86-64 kernels still have. With 57 bits the process's half is larger, but above 2^47
 * memory is only given to whoever asks for it by a hint.
 *
 * Look with: /proc/self/maps; SIGSEGV's si_code and si_addr.
 * Read on:   proc(5) "maps", sigaction(2) SI_KERNEL; document 004 sections 2, 3 and 17.2.
 */
#include <stdlib.h>

#include <touchstone/experiment.h>

EXPERIMENT("The kernel's half is in no map");

enum { BITS = 8 * (int)sizeof(uintptr_t) };

/*
 * The first address that no area may reach beyond; addresses of 32 bits have no such bound in
 * common.
 */
static unsigned long long end_of_the_users_half(void)
{
	if (BITS < 64) {
		undecided("needs addresses of 64 bits");
	}
#ifdef __x86_64__
	return 1ull << 47;
#else
	return 1ull << 63;
#endif
}

/* How many lines of the map reach beyond an address; [vsyscall] is told apart. */
static size_t lines_beyond(unsigned long long bound, size_t *vsyscalls)
{
	struct area_list list = observe_areas();
	const char *line = list.text, *end = list.text + list.length;
	size_t count = 0;

	*vsyscalls = 0;
	while (line < end) {
		const char *dash = memchr(line, '-', (size_t)(end - line));
		const char *next = memchr(line, '\n', (size_t)(end - line));

		arrange(dash && next);
		if (strtoull(dash + 1, NULL, 16) > bound) {
			bool old = memmem(line, (size_t)(next - line), "[vsyscall]", 10) != NULL;

			evidence("beyond", "%.*s", (int)(next - line), line);
			*vsyscalls += old;
			count += !old;
		}
		line = next + 1;
	}
	return count;
}

CLAIM(no_area_reaches_beyond_the_users_half, "layout-07",
      "But for [vsyscall], no area ends above 2^47 on x86-64, or has addresses with bit 63 "
      "anywhere",
      .needs = AREA_LIST)
{
	size_t vsyscalls;

	assert_equals(lines_beyond(end_of_the_users_half(), &vsyscalls), 0,
		      "areas beyond the user's half");
	assert_at_most(vsyscalls, 1, "lines of [vsyscall]");
}

CONTROL(the_walk_sees_what_lies_above_an_address, "layout-07",
	"Asked for areas beyond a local variable, the same walk finds that of the stack",
	.needs = AREA_LIST)
{
	char here;
	size_t vsyscalls;

	assert_at_least(lines_beyond((uintptr_t)&here, &vsyscalls), 1, "areas beyond it");
}

#if defined(__x86_64__) && defined(__LP64__)
/* One of the kernel's half, and two that are not canonical with 48 bits or with 57. */
static uintptr_t volatile in_the_kernels_half = 0xffff888000000000;
static uintptr_t volatile not_canonical[] = {0x4141414141414141, 0xbebebebebebebebe};
#else
static uintptr_t volatile in_the_kernels_half, not_canonical[2];
#endif

static void need_the_processor(void)
{
	if (!in_the_kernels_half) {
		undecided("needs x86-64");
	}
}

CLAIM(the_kernels_half_cannot_be_read, "layout-07",
      "A load from, a store to and a jump into the kernel's half end in SIGSEGV")
{
	need_the_processor();

	char *kernel = (char *)in_the_kernels_half;

	assert_equals(try_load(kernel).signal, SIGSEGV, "the signal of a load");
	assert_equals(try_store(kernel, 'k').signal, SIGSEGV, "the signal of a store");
	assert_equals(try_call(kernel).signal, SIGSEGV, "the signal of a jump");
}

CLAIM(between_the_halves_another_exception_is_told, "layout-08",
      "An address between the halves is refused with SI_KERNEL, and si_addr does not tell it")
{
	need_the_processor();
	for (int i = 0; i < 2; i++) {
		assert_trap(try_load((char *)not_canonical[i]), SIGSEGV, SI_KERNEL, NULL);
		assert_trap(try_store((char *)not_canonical[i], 'n'), SIGSEGV, SI_KERNEL, NULL);
	}
}

CONTROL(a_canonical_address_is_told, "layout-08",
	"An address of the user's half where nothing is mapped is refused with SEGV_MAPERR, and "
	"told")
{
	char *area = reserve(1);

	arrange(munmap(area, page_size()) == 0);
	assert_trap(try_load(area + 1), SIGSEGV, SEGV_MAPERR, area + 1);
	assert_trap(try_store(area + 1, 'n'), SIGSEGV, SEGV_MAPERR, area + 1);
}
