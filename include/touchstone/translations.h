/* SPDX-License-Identifier: MIT */
/*
 * What the processor had to look up in the page tables, and what it had kept from earlier (TLB).
 *
 *     load_each(area, count);            the processor knows where these pages are
 *     forget_uses();                     the accessed bits are clear, the translations stay
 *     load_each(area, count);
 *     uses_noted(area, count)            0: it did not look at the tables for these loads
 *
 * Looking up sets the accessed bit of the entry, using what is kept does not. Whatever else happens
 * in between, be it an interrupt or a hypervisor, may drop translations, and nothing brings them
 * back: so the fewest that were noted in many rounds count, and where even these are too many nothing
 * is decided (undecided_unless_kept).
 *
 * Observes: Referenced in /proc/self/smaps. Needs: REFERENCED_BITS | AREA_USAGE, and an x86.
 */
#ifndef TOUCHSTONE_TRANSLATIONS_H
#define TOUCHSTONE_TRANSLATIONS_H

#if defined __x86_64__ || defined __i386__
#include <cpuid.h>
#endif
#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/areas.h>
#include <touchstone/expect.h>
#include <touchstone/faults.h>
#include <touchstone/memory.h>
#include <touchstone/needs.h>
#include <touchstone/outcome.h>
#include <touchstone/processors.h>

/* Hardly ever are more than a few needed; on a busy processor others may run in nearly every round. */
enum { TRANSLATION_ROUNDS = 600 };

/* This process stays on the processor it is on, for each has translations of its own; and that is an x86. */
static inline void watch_one_processor(void)
{
#if !defined __x86_64__ && !defined __i386__
	undecided("needs x86: whether other processors set accessed bits depends on the model");
#endif
	stay_on_one_processor();
}

/* An emulator's translations are a table in memory, which QEMU's lets grow while it is in use. */
static inline bool translations_are_emulated(void)
{
#if defined __x86_64__ || defined __i386__
	enum { HYPERVISOR = 0x40000000 };
	unsigned int a, signature[4] = {0}; /* ebx, ecx, edx, and a closing zero */

	__cpuid(HYPERVISOR, a, signature[0], signature[1], signature[2]);
	return a >= HYPERVISOR && memcmp(signature, "TCGTCGTCGTCG", 12) == 0;
#else
	return this_machine_is_slow();
#endif
}

/* For who compares what is in a cache with what is not. */
static inline void need_caches(void)
{
	if (translations_are_emulated()) {
		undecided("needs a processor with caches of its own: this one is emulated");
	}
}

/* All accessed bits are clear, and no translation is dropped: clear_refs does not tell the TLB. */
static inline void forget_uses(void)
{
	int fd = open("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC);

	arrange(fd >= 0 && write(fd, "1", 1) == 1);
	close(fd);
}

/*
 * The processor keeps none of these translations: the rights are taken away, and given back, which on some
 * processors (POWER) sets the accessed bits.
 */
static inline void drop_translations(char *area, size_t count)
{
	arrange(mprotect(area, count * page_size(), PROT_NONE) == 0);
	arrange(mprotect(area, count * page_size(), PROT_READ | PROT_WRITE) == 0);
}

/*
 * Once the kernel has called a page unused, the next use of it costs a minor fault: this processor does not set
 * accessed bits, or this kernel does not let it. An x86 always does; others are asked, by way of clear_refs
 * (proc_pid_clear_refs(5)), which is undecided where there is none. Needs FAULT_COUNTS.
 */
static inline bool a_use_costs_a_fault(void)
{
#if defined __x86_64__ || defined __i386__
	return false;
#else
	char *used = fresh_pages(1, MAP_PRIVATE);
	long faults = 0;

	if (access("/proc/self/clear_refs", W_OK) != 0) {
		undecided("needs to know whether the processor notes uses: /proc/self/clear_refs");
	}
	store(used, 1);
	/* The first round may have to pay for the program's own pages. */
	for (int round = 0; round < 2; round++) {
		drop_translations(used, 1);
		forget_uses();
		faults = faults_of(load(used)).minor;
	}
	arrange(munmap(used, page_size()) == 0);
	return faults > 0;
#endif
}

/* How many of these pages have been looked up since the uses were forgotten. */
static inline size_t uses_noted(const char *area, size_t count)
{
	return observe_usage("pages looked up", area, count * page_size()).referenced / page_size();
}

/* Once the uses are forgotten none is noted: the instrument works. */
static inline void assert_uses_forgotten(const char *area, size_t count)
{
	size_t fewest = count;

	for (int round = 0; round < TRANSLATION_ROUNDS && fewest > 0; round++) {
		forget_uses();

		size_t noted = uses_noted(area, count);

		fewest = noted < fewest ? noted : fewest;
	}
	assert_equals(fewest, 0, "pages that count as used when all uses were just forgotten");
}

/*
 * Loads for which no translation was kept look every page up: in most of ten rounds, for the kernel may
 * clear bits for purposes of its own, and translations are dropped without any call, too. What
 * happens between the drop and the loads, if anything, must need none of the pages.
 */
static inline void assert_looked_up_when_dropped(char *area, size_t count, void (*between)(void))
{
	size_t noted = 0, rounds = 0;

	for (int round = 0; round < 10; round++) {
		load_each(area, count);
		forget_uses();
		drop_translations(area, count);
		if (between) {
			between();
		}
		load_each(area, count);
		noted = uses_noted(area, count);
		rounds += noted == count;
	}
	evidence("pages looked up after their translations were dropped", "%zu of %zu", noted,
		 count);
	assert_at_least(rounds, 6, "rounds of ten in which all of them were looked up");
}

/* So few of them were looked up again that no further round is needed. */
static inline bool were_kept(size_t noted, size_t count)
{
	return noted <= count / 4;
}

/* At least half of so many translations were kept in the best of the rounds. */
static inline void undecided_unless_kept(size_t fewest_noted, size_t count)
{
	evidence("pages looked up again, in the best of many rounds", "%zu of %zu", fewest_noted,
		 count);
	if (fewest_noted > count / 2) {
		undecided("needs a machine on which translations outlive a system call: here %zu "
			  "of %zu were looked up again at best",
			  fewest_noted, count);
	}
}

#endif
