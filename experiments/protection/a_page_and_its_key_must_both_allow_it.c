/* SPDX-License-Identifier: MIT */
/*
 * A page and its key must both allow an access
 * ============================================
 *
 * pkey_mprotect(2) gives pages a protection key together with their rights. From then on an access
 * has to be allowed twice: by the page, for everybody, and by the rights that the thread has for the
 * key. The refusals can be told apart. mprotect(2) changes the former and leaves the key.
 *
 *      page    0     1     2     3
 *      rights  rw-   rw-   rw-   r--
 *      key     0     5     6     7            5: no access     6: no writing     7: open
 *      load    ok    no    ok    ok
 *      store   ok    no    no    no
 *                    PKUERR      ACCERR
 *
 * The documents know only the rights (document 004, 8.1 and 14.2).
 *
 * Look with: SIGSEGV with SEGV_ACCERR or SEGV_PKUERR, and the bytes.
 * Read on:   pkeys(7), pkey_mprotect(2); document 004 sections 8.1 and 14.2.
 */
#include <signal.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>
#include <touchstone/keys.h>

EXPERIMENT("A page and its key must both allow an access");

enum { READ_WRITE = PROT_READ | PROT_WRITE, PAGES = 4, KEYED = 1, SEED = 21 };

CLAIM(a_key_is_open_as_it_was_asked_for, "pkey-03",
      "A key that is allocated without access refuses loads and stores, without writing stores",
      .needs = PROTECTION_KEYS)
{
	const unsigned rights[] = {PKEY_DISABLE_ACCESS, PKEY_DISABLE_WRITE, 0};

	for (size_t i = 0; i < 3; i++) {
		char *area = filled_pages(PAGES, MAP_PRIVATE, SEED), *keyed = page(area, KEYED);
		int key = (int)raw_pkey_alloc(0, rights[i]);

		assert_at_least(key, 1, "the key");
		assert_equals(key_rights(key), rights[i], "the rights of this thread");
		assert_accepted(raw_pkey_mprotect(keyed, 2 * page_size(), READ_WRITE, key));
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
		arrange(munmap(area, PAGES * page_size()) == 0 && raw_pkey_free(key) == 0);
	}
}

CLAIM(page_and_key_must_both_allow_it, "pkey-04",
      "A key that is open gives no right that the page does not have, and mprotect keeps the key",
      .needs = PROTECTION_KEYS)
{
	char *keyed = filled_pages(PAGES, MAP_PRIVATE, SEED);
	int key = (int)raw_pkey_alloc(0, 0);

	assert_accepted(raw_pkey_mprotect(keyed, PAGES * page_size(), PROT_READ, key));
	assert_trap(try_store(keyed, 1), SIGSEGV, SEGV_ACCERR, keyed);
	assert_accepted(mprotect(keyed, PAGES * page_size(), READ_WRITE));
	set_key_rights(key, PKEY_DISABLE_WRITE);
	assert_trap(try_store(keyed, 1), SIGSEGV, SEGV_PKUERR, keyed);
	set_key_rights(key, 0);
	assert_no_trap(try_store(keyed, load(keyed)));
	assert_accepted(raw_pkey_mprotect(keyed, PAGES * page_size(), READ_WRITE,
					  0)); /* everybody's again */
	set_key_rights(key, PKEY_DISABLE_ACCESS);
	assert_no_trap(try_store(keyed, load(keyed)));
	assert_pattern(keyed, PAGES * page_size(), SEED, "the pages");
}

CONTROL(an_open_key_takes_nothing_away, "pkey-03 pkey-04",
	"Pages whose key is open are loaded from and stored to as their rights say",
	.needs = PROTECTION_KEYS)
{
	char *keyed = filled_pages(PAGES, MAP_PRIVATE, SEED);
	int key = (int)raw_pkey_alloc(0, 0);

	assert_accepted(raw_pkey_mprotect(keyed, PAGES * page_size(), READ_WRITE, key));
	assert_pattern(keyed, PAGES * page_size(), SEED, "the pages");
	for (size_t i = 0; i < PAGES; i++) {
		assert_no_trap(try_store(page(keyed, i), 'k'));
		assert_no_trap(try_store(page(keyed, i + 1) - 1, 'k'));
		assert_byte(page(keyed, i), 'k', "what was stored");
	}
}
