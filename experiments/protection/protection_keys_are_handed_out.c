/* SPDX-License-Identifier: MIT */
/*
 * Protection keys are handed out one by one, and pages are given one each
 * =======================================================================
 *
 * A page-table entry of some processors has room for a small number beside the rights: a protection
 * key. Sixteen of them exist on x86. Key 0 is everybody's, all memory has it at first; the
 * others are had from pkey_alloc(2), given to pages by pkey_mprotect(2), and brought back by pkey_free(2).
 *
 *      page    0     1     2     3
 *      rights  rw-   rw-   rw-   r--          the page's: for all threads
 *      key     0     5     5     7            5: closed to this thread     7: open
 *      store   ok    no    no    no
 *
 * An access has to be allowed by both, the rights of the page and those that the thread has for its
 * key. The documents know only the former (document 004, 8.1 and 14.2).
 *
 * Look with: errno; SIGSEGV with SEGV_ACCERR or SEGV_PKUERR, which tell the two refusals apart.
 * Read on:   pkeys(7), pkey_alloc(2), pkey_mprotect(2); document 004 sections 8.1 and 14.2.
 */
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/experiment.h>
#include <touchstone/keys.h>

EXPERIMENT("Protection keys are handed out one by one, and pages are given one each");

enum { READ_WRITE = PROT_READ | PROT_WRITE, PAGES = 4, KEYED = 1, SEED = 21, MOST_KEYS = 64 };

/* The system calls themselves: not every C library has them. */
static int allocate(unsigned long flags, unsigned long rights)
{
	return (int)syscall(SYS_pkey_alloc, flags, rights);
}

static long give_back(int key)
{
	return syscall(SYS_pkey_free, (long)key);
}

static long protect(char *start, size_t count, int rights, int key)
{
	return syscall(SYS_pkey_mprotect, start, count * page_size(), (long)rights, (long)key);
}

/* Takes every key that is left. */
static size_t take_all(int keys[MOST_KEYS])
{
	size_t count = 0;

	while (count < MOST_KEYS && (keys[count] = allocate(0, 0)) >= 0) {
		count++;
	}
	return count;
}

CLAIM(no_key_is_handed_out_twice, "pkey-01",
      "Each key is handed out once, key 0 never; then ENOSPC, until one is brought back",
      .needs = PROTECTION_KEYS)
{
	int keys[MOST_KEYS];

	for (int round = 0; round < 2; round++) {
		size_t count = take_all(keys);

		assert_at_least(count, 1, "keys handed out");
		for (size_t i = 0; i < count; i++) {
			assert_at_least(keys[i], 1, "a key");
			for (size_t k = 0; k < i; k++) {
				assert_differs(keys[i], keys[k], "another key");
			}
		}
		assert_refused(allocate(0, 0), ENOSPC);
		for (size_t i = count; i-- > 0;) {
			assert_accepted(give_back(keys[i]));
			assert_equals(allocate(0, 0), keys[i], "the only key that is left");
			assert_accepted(give_back(keys[i]));
			assert_refused(give_back(keys[i]), EINVAL);
			arrange(i == 0 || allocate(0, 0) >= 0); /* let it be the only one again */
		}
		arrange(count == 1 || take_all(keys) == 1);
		for (size_t i = 1; i < MOST_KEYS; i++) {
			(void)!give_back((int)i);
		}
	}
}

CLAIM(it_wants_what_it_knows, "pkey-02",
      "Unknown flags, rights and keys are refused with EINVAL, and the pages keep key and rights",
      .needs = PROTECTION_KEYS)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, SEED);
	int key = allocate(0, 0);

	arrange(key > 0 && give_back(key) == 0);
	assert_refused(allocate(1, 0), EINVAL);
	assert_refused(allocate(0, 1ul << 20), EINVAL);
	assert_refused(give_back(MOST_KEYS + 1), EINVAL);
	assert_refused(protect(area, PAGES, PROT_READ, key), EINVAL);
	assert_refused(protect(area, PAGES, PROT_READ, MOST_KEYS + 1), EINVAL);
	assert_refused(protect(area + 1, 1, PROT_READ, -1), EINVAL);
	for (size_t i = 0; i < PAGES; i++) {
		assert_no_trap(try_store(page(area, i), load(page(area, i))));
	}
	assert_pattern(area, PAGES * page_size(), SEED, "the pages");
}

CLAIM(a_key_is_open_as_it_was_asked_for, "pkey-03",
      "A key that is allocated without access refuses loads and stores, without writing stores",
      .needs = PROTECTION_KEYS)
{
	const unsigned rights[] = {PKEY_DISABLE_ACCESS, PKEY_DISABLE_WRITE, 0};

	for (size_t i = 0; i < 3; i++) {
		char *area = filled_pages(PAGES, MAP_PRIVATE, SEED), *keyed = page(area, KEYED);
		int key = allocate(0, rights[i]);

		assert_at_least(key, 1, "the key");
		assert_equals(key_rights(key), rights[i], "the rights of this thread");
		assert_accepted(protect(keyed, 2, READ_WRITE, key));
		for (size_t at = 0; at < 2 * page_size(); at += page_size() - 1) {
			set_key_rights(key, rights[i]);

			struct trap loaded = try_load(keyed + at);

			set_key_rights(key, rights[i]);

			struct trap stored = try_store(keyed + at, 'k');

			if (rights[i] & PKEY_DISABLE_ACCESS) {
				assert_trap(loaded, SIGSEGV, SEGV_PKUERR, keyed + at);
			} else {
				assert_no_trap(loaded);
			}
			if (rights[i]) {
				assert_trap(stored, SIGSEGV, SEGV_PKUERR, keyed + at);
			} else {
				assert_no_trap(stored);
			}
		}
		assert_no_trap(try_store(keyed - 1, load(keyed - 1)));
		assert_no_trap(try_store(page(keyed, 2), load(page(keyed, 2))));
		set_key_rights(key, 0);
		if (rights[i]) {
			assert_pattern(area, PAGES * page_size(), SEED, "the pages, opened");
		}
		arrange(munmap(area, PAGES * page_size()) == 0 && give_back(key) == 0);
	}
}

CLAIM(page_and_key_must_both_allow_it, "pkey-04",
      "A key that is open gives no right that the page does not have, and mprotect keeps the key",
      .needs = PROTECTION_KEYS)
{
	char *keyed = filled_pages(PAGES, MAP_PRIVATE, SEED);
	int key = allocate(0, 0);

	assert_accepted(protect(keyed, PAGES, PROT_READ, key));
	assert_trap(try_store(keyed, 1), SIGSEGV, SEGV_ACCERR, keyed);
	assert_accepted(mprotect(keyed, PAGES * page_size(), READ_WRITE));
	set_key_rights(key, PKEY_DISABLE_WRITE);
	assert_trap(try_store(keyed, 1), SIGSEGV, SEGV_PKUERR, keyed);
	set_key_rights(key, 0);
	assert_no_trap(try_store(keyed, load(keyed)));
	assert_accepted(protect(keyed, PAGES, READ_WRITE, 0)); /* everybody's again */
	set_key_rights(key, PKEY_DISABLE_ACCESS);
	assert_no_trap(try_store(keyed, load(keyed)));
	assert_pattern(keyed, PAGES * page_size(), SEED, "the pages");
}

CONTROL(without_a_key_it_is_mprotect, "pkey-01 pkey-02 pkey-03 pkey-04",
	"pkey_mprotect with the key -1 does what mprotect does, on machines without keys as well")
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, SEED), *changed = page(area, KEYED);

	if (protect(changed, 1, PROT_READ, -1) != 0) {
		ck_assert_msg(errno == ENOSYS || errno == EPERM, "%s", strerror(errno));
		undecided("needs pkey_mprotect(2): Linux 4.9 or later");
	}
	assert_trap(try_store(changed, 1), SIGSEGV, SEGV_ACCERR, changed);
	assert_no_trap(try_load(changed));
	assert_no_trap(try_store(page(changed, 1), load(page(changed, 1))));
	assert_accepted(protect(changed, 1, READ_WRITE, -1));
	assert_no_trap(try_store(changed, load(changed)));
	assert_pattern(area, PAGES * page_size(), SEED, "the pages");
}
