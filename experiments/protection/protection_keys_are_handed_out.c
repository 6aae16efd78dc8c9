/* SPDX-License-Identifier: MIT */
/*
 * Protection keys are handed out one by one
 * =========================================
 *
 * A page-table entry of some processors has room for a small number beside the rights: a protection
 * key. Sixteen of them exist on x86. Key 0 is everybody's, all memory has it at first; the
 * others are had from pkey_alloc(2) and brought back by pkey_free(2), as file descriptors are by
 * open and close. Nobody but the process itself knows what a key stands for.
 *
 *      pkey_alloc() = 1     pkey_alloc() = 2     ...     pkey_alloc() = -1, ENOSPC
 *      pkey_free(2)         pkey_alloc() = 2
 *
 * The documents know rights of pages only (document 004, 8.1 and 14.2).
 *
 * Look with: the numbers, and errno.
 * Read on:   pkeys(7), pkey_alloc(2), pkey_mprotect(2); document 004 sections 8.1 and 14.2.
 */
#include <signal.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>
#include <touchstone/keys.h>

EXPERIMENT("Protection keys are handed out one by one");

enum { READ_WRITE = PROT_READ | PROT_WRITE, PAGES = 4, KEYED = 1, SEED = 21, MOST_KEYS = 64 };

/* Takes every key that is left. */
static size_t take_all(long keys[MOST_KEYS])
{
	size_t count = 0;

	while (count < MOST_KEYS && (keys[count] = raw_pkey_alloc(0, 0)) >= 0) {
		count++;
	}
	return count;
}

CLAIM(no_key_is_handed_out_twice, "pkey-01",
      "Each key is handed out once, key 0 never; then ENOSPC, until one is brought back",
      .needs = PROTECTION_KEYS)
{
	long keys[MOST_KEYS];

	for (int round = 0; round < 2; round++) {
		size_t count = take_all(keys);

		assert_at_least(count, 1, "keys handed out");
		for (size_t i = 0; i < count; i++) {
			assert_at_least(keys[i], 1, "a key");
			for (size_t k = 0; k < i; k++) {
				assert_differs(keys[i], keys[k], "another key");
			}
		}
		assert_refused(raw_pkey_alloc(0, 0), ENOSPC);
		for (size_t i = count; i-- > 0;) {
			assert_accepted(raw_pkey_free(keys[i]));
			assert_equals(raw_pkey_alloc(0, 0), keys[i], "the only key that is left");
			assert_accepted(raw_pkey_free(keys[i]));
			assert_refused(raw_pkey_free(keys[i]), EINVAL);
			arrange(i == 0 ||
				raw_pkey_alloc(0, 0) >= 0); /* let it be the only one again */
		}
		arrange(count == 1 || take_all(keys) == 1);
		for (size_t i = 1; i < MOST_KEYS; i++) {
			(void)!raw_pkey_free((long)i);
		}
	}
}

CLAIM(it_wants_what_it_knows, "pkey-02",
      "Unknown flags, rights and keys are refused with EINVAL, and the pages keep key and rights",
      .needs = PROTECTION_KEYS)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, SEED);
	long key = raw_pkey_alloc(0, 0);

	arrange(key > 0 && raw_pkey_free(key) == 0);
	assert_refused(raw_pkey_alloc(1, 0), EINVAL);
	assert_refused(raw_pkey_alloc(0, 1ul << 20), EINVAL);
	assert_refused(raw_pkey_free(MOST_KEYS + 1), EINVAL);
	assert_refused(raw_pkey_mprotect(area, PAGES * page_size(), PROT_READ, key), EINVAL);
	assert_refused(raw_pkey_mprotect(area, PAGES * page_size(), PROT_READ, MOST_KEYS + 1),
		       EINVAL);
	assert_refused(raw_pkey_mprotect(area + 1, page_size(), PROT_READ, -1), EINVAL);
	for (size_t i = 0; i < PAGES; i++) {
		assert_no_trap(try_store(page(area, i), load(page(area, i))));
	}
	assert_pattern(area, PAGES * page_size(), SEED, "the pages");
}

CONTROL(without_a_key_it_is_mprotect, "pkey-01 pkey-02",
	"pkey_mprotect with the key -1 does what mprotect does, on machines without keys as well")
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, SEED), *changed = page(area, KEYED);

	if (raw_pkey_mprotect(changed, page_size(), PROT_READ, -1) != 0) {
		ck_assert_msg(errno == ENOSYS || errno == EPERM, "%s", strerror(errno));
		undecided("needs pkey_mprotect(2): Linux 4.9 or later");
	}
	assert_trap(try_store(changed, 1), SIGSEGV, SEGV_ACCERR, changed);
	assert_no_trap(try_load(changed));
	assert_no_trap(try_store(page(changed, 1), load(page(changed, 1))));
	assert_accepted(raw_pkey_mprotect(changed, page_size(), READ_WRITE, -1));
	assert_no_trap(try_store(changed, load(changed)));
	assert_pattern(area, PAGES * page_size(), SEED, "the pages");
}
