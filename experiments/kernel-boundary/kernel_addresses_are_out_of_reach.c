/* SPDX-License-Identifier: MIT */
/*
 * Kernel addresses are out of reach
 * =================================
 *
 * The kernel has addresses of its own, the upper half of all that a register can name. Its memory may be
 * mapped there while a program runs, and the program may not even look: it "cannot execute
 * privileged instructions or access kernel-only memory" (document 004, sections 14.3 and 17.2).
 *
 *      ffff...ffff  +-----------------+
 *                   |     kernel      |   load, store, call: a signal
 *                   +-----------------+
 *                   | not canonical   |   no address at all, for want of bits: a signal
 *                   +-----------------+
 *                   |     program     |   as the rights of its pages are
 *                0  +-----------------+
 *
 * Between the halves lie values that are no addresses: a processor that translates 48 bits (57 with five
 * levels of tables) wants all bits above to be equal. It refuses them before it looks
 * into any table, and therefore the signal tells no address.
 *
 * Look with: the signal, its si_code and si_addr.
 * Read on:   sigaction(2), the kernel's x86_64/mm.rst; document 004 sections 14.3, 17.2, 17.3.
 */
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("Kernel addresses are out of reach");

enum {
	HALF_BIT = 8 * sizeof(uintptr_t) - 1,
#ifdef __mips__
	NO_PLACE = EINVAL /* it looks at the address first, others at the length */
#else
	NO_PLACE = ENOMEM
#endif
};

/* Addresses of the upper half: its lowest with 48 and 57 bits, some between, and the last page. */
static const uint64_t kernel_half[] = {
	0xff00000000000000, 0xffff800000000000, 0xffff888000000000, 0xfffffe0000000000,
	0xffffffff81000000, 0xffffffffff000000, 0xfffffffffffff000, 0xffffffffffffffff,
};
enum { KERNEL_HALF = sizeof kernel_half / sizeof *kernel_half };

static void *kernel_address(size_t number)
{
	if (HALF_BIT < 63) {
		undecided("needs a 64-bit program: below, nearly all addresses may be its own");
	}
#ifdef __s390x__
	undecided("needs a kernel in its program's address space: on s390x it has one of its own");
#endif
	return (void *)(uintptr_t)kernel_half[number];
}

/* Refused, be it as SIGSEGV or, on some processors, as SIGBUS. */
static void assert_out_of_reach(struct trap trap)
{
	if (trap.signal != SIGBUS) {
		assert_equals(trap.signal, SIGSEGV, "the signal that an access in the kernel gets");
	}
}

CLAIM(a_program_can_do_nothing_there, "kernel-01",
      "Neither a load nor a store nor a call goes through at an address of the kernel's half, "
      "however often")
{
	for (int round = 0; round < 2; round++) {
		for (size_t i = 0; i < KERNEL_HALF; i++) {
			assert_out_of_reach(try_load(kernel_address(i)));
			assert_out_of_reach(try_store(kernel_address(i), 1));
			assert_out_of_reach(try_call(kernel_address(i)));
		}
	}
}

CLAIM(no_mapping_can_be_ordered_there, "kernel-01",
      "mmap refuses to place a page in the kernel's half, and mprotect finds nothing there")
{
	for (size_t i = 0; i < KERNEL_HALF; i++) {
		void *wanted = page_of(kernel_address(i));

		assert_refused(mmap(wanted, page_size(), PROT_READ,
				    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0),
			       NO_PLACE);
		assert_refused(mprotect(wanted, page_size(), PROT_READ), ENOMEM);
	}
}

CLAIM(a_value_that_is_no_address_gets_no_address_told, "kernel-12",
      "An access between the halves is refused by the processor itself: SIGSEGV without address")
{
#ifdef __x86_64__
	/* With 57 bits the values from the 48th on are addresses: take what neither width permits. */
	static const uint64_t between[] = {0x0100000000000000, 0x4141414141414141,
					   0x7fffffffffffffff, 0x8000000000000000,
					   0xfeffffffffffffff};
	for (size_t i = 0; i < sizeof between / sizeof *between; i++) {
		void *nowhere = (void *)(uintptr_t)between[i];

		assert_trap(try_load(nowhere), SIGSEGV, SI_KERNEL, NULL);
		assert_trap(try_store(nowhere, 1), SIGSEGV, SI_KERNEL, NULL);
	}
#else
	undecided("needs a program in the 64-bit mode of an x86-64 processor");
#endif
}

CLAIM(how_many_bits_an_address_has_is_found_by_trying, "kernel-12",
      "Just above 48 bits there are addresses where mmap grants some, and none where it does not")
{
#if UINTPTR_MAX > 0xffffffff && defined(__x86_64__)
	char *above = (char *)((uintptr_t)1 << 47);
	int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE;
	char *granted = mmap(above, page_size(), PROT_READ | PROT_WRITE, flags, -1, 0);

	if (granted != above) {
		evidence("levels of tables", "4, or no more granted");
		assert_out_of_reach(try_load(above));
		assert_out_of_reach(try_store(above, 1));
	} else {
		evidence("levels of tables", "5");
		assert_no_trap(try_store(above, 1));
		assert_byte(above, 1, "what was stored there");
	}
#else
	undecided("needs a program in the 64-bit mode of an x86-64 processor");
#endif
}

CONTROL(its_own_addresses_are_within_reach, "kernel-01 kernel-12",
	"At addresses of its own the program loads, stores and calls")
{
	static char own[] = {'a', 'b'};

	assert_no_trap(try_load(own));
	assert_no_trap(try_store(own + 1, 'c'));
	assert_byte(own + 1, 'c', "what was stored");
	assert_no_trap(try_call((const void *)(uintptr_t)page_size));
}
