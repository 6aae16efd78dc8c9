/* SPDX-License-Identifier: MIT */
/*
 * A closed key is closed to the kernel too, and to signal handlers
 * ================================================================
 *
 * The rights of a thread for protection keys are in a register, and others than the program's own
 * instructions meet with it. The kernel, when it copies from or to memory for the thread: it is
 * refused like the thread, and answers EFAULT. And a signal handler, which interrupts the thread: it
 * begins with every key closed but key 0, whatever was open, and is told which key it was
 * that refused (si_pkey). The thread's rights come back when the handler returns.
 *
 *      thread     key 5: no writing      store --> SIGSEGV, SEGV_PKUERR, si_pkey 5
 *      handler    key 5: no access                 gives the page key 0
 *      thread     key 5: no writing      store goes through
 *
 * Look with: siginfo_t, errno, and the bytes.
 * Read on:   pkeys(7) "Signal Handler Behavior", sigaction(2) "si_pkey"; document 004 section 14.2.
 */
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>
#include <touchstone/keys.h>

EXPERIMENT("A closed key is closed to the kernel too, and to signal handlers");

enum { READ_WRITE = PROT_READ | PROT_WRITE, PAGES = 4, SEED = 23 };

/* Filled pages under a key of their own, open to this thread. */
static char *keyed_pages(int *key)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, SEED);

	*key = (int)raw_pkey_alloc(0, 0);
	arrange(*key > 0);
	assert_accepted(raw_pkey_mprotect(area, PAGES * page_size(), READ_WRITE, *key));
	return area;
}

static int key_of_handler, *volatile refused_key;
static volatile unsigned rights_in_handler, code_told;
static char *volatile closed;

static void open_and_return(int signal, siginfo_t *info, void *context)
{
	static int told;

	(void)signal;
	(void)context;
	rights_in_handler = key_rights(key_of_handler);
	code_told = (unsigned)info->si_code;
#ifdef si_pkey
	told = (int)info->si_pkey;
	refused_key = &told;
#endif
	/* The rights of the thread come back when this returns: the page has to be opened. */
	raw_pkey_mprotect(closed, page_size(), READ_WRITE, 0);
}

CLAIM(a_handler_is_told_the_key_and_has_none, "pkey-06",
      "A refusal tells the key (si_pkey); in the handler it is closed, afterwards as it was before",
      .needs = PROTECTION_KEYS)
{
	struct sigaction action = {.sa_sigaction = open_and_return, .sa_flags = SA_SIGINFO};
	char *area = keyed_pages(&key_of_handler);

	arrange(sigaction(SIGSEGV, &action, NULL) == 0);
	for (size_t i = 0; i < PAGES; i++) {
		closed = page(area, i);
		set_key_rights(key_of_handler, PKEY_DISABLE_WRITE);
		store(closed, 's');
		assert_equals(code_told, SEGV_PKUERR, "si_code");
		if (refused_key) {
			assert_equals(*refused_key, key_of_handler, "si_pkey");
		}
		assert_equals(rights_in_handler & PKEY_DISABLE_ACCESS, PKEY_DISABLE_ACCESS,
			      "whether the key was closed in the handler");
		assert_equals(key_rights(key_of_handler), PKEY_DISABLE_WRITE, "rights afterwards");
		assert_byte(closed, 's', "what was stored");
	}
}

CLAIM(the_kernel_obeys_the_key_too, "pkey-07",
      "read(2) into and write(2) from memory whose key is closed answer EFAULT, and change nothing",
      .needs = PROTECTION_KEYS)
{
	int key, ends[2];
	char *area = keyed_pages(&key);

	arrange(pipe(ends) == 0 && write(ends[1], "abcdefgh", 8) == 8);
	set_key_rights(key, PKEY_DISABLE_ACCESS);
	assert_refused(write(ends[1], area, 8), EFAULT);
	assert_refused(read(ends[0], area, 8), EFAULT);
	set_key_rights(key, PKEY_DISABLE_WRITE);
	assert_refused(read(ends[0], area, 8), EFAULT);
	assert_equals(write(ends[1], area, 8), 8, "bytes written from memory that may be read");
	assert_pattern(area, PAGES * page_size(), SEED, "the pages");
}

CONTROL(an_open_key_is_open_to_the_kernel, "pkey-06 pkey-07",
	"While the key is open the kernel reads and writes the same pages, and no handler is "
	"called",
	.needs = PROTECTION_KEYS)
{
	struct sigaction action = {.sa_sigaction = open_and_return, .sa_flags = SA_SIGINFO};
	int ends[2];
	char *area = keyed_pages(&key_of_handler);

	arrange(sigaction(SIGSEGV, &action, NULL) == 0);
	arrange(pipe(ends) == 0 && write(ends[1], "abcdefgh", 8) == 8);
	set_key_rights(key_of_handler, 0);
	closed = area;
	assert_equals(read(ends[0], area, 8), 8, "bytes read");
	assert_same_bytes(area, "abcdefgh", 8, "what was read");
	assert_equals(write(ends[1], area, 8), 8, "bytes written");
	store(area, 's');
	assert_byte(area, 's', "what was stored");
	assert_equals(code_told, 0, "si_code of a handler that was called");
}
