/* SPDX-License-Identifier: MIT */
/*
 * A thread closes a key for itself, without asking the kernel
 * ===========================================================
 *
 * mprotect(2) changes the rights of pages for all threads, by changing page-table entries. A
 * protection key does neither. Pages bear a number, and each thread has a register that says what it
 * may do with pages of which number. Closing a hundred megabytes is one instruction, and another
 * thread goes on reading them.
 *
 *      thread A    key 5: no writing                page: rw-, key 5
 *         store -----------------------------X      SIGSEGV, SEGV_PKUERR, si_pkey 5
 *      thread B    key 5: all
 *         store ----------------------------------> goes through
 *
 * The register is the thread's, and travels with it: a new thread and a forked child begin with
 * the rights of who made them. A signal handler begins with all keys closed but key 0, and the rights come
 * back when it returns. The kernel looks at the register too, when it accesses memory for a thread.
 *
 * Look with: SIGSEGV's si_code and si_pkey; errno.
 * Read on:   pkeys(7), sigaction(2) "si_pkey"; document 004 sections 8.1 and 14.2.
 */
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/experiment.h>
#include <touchstone/keys.h>

EXPERIMENT("A thread closes a key for itself, without asking the kernel");

enum { READ_WRITE = PROT_READ | PROT_WRITE, PAGES = 4, SEED = 22 };

/* Filled pages under a key of their own, open to this thread. */
static char *keyed_pages(int *key)
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, SEED);

	*key = (int)syscall(SYS_pkey_alloc, 0ul, 0ul);
	arrange(*key > 0);
	assert_accepted(syscall(SYS_pkey_mprotect, area, PAGES * page_size(), (long)READ_WRITE,
				(long)*key));
	return area;
}

/* What a second thread found: its rights when it began, and how its accesses ended. */
struct second_thread {
	int key;
	char *area;
	bool opens; /* it opens the key for itself first */
	unsigned rights;
	struct trap loaded, stored;
};

static void *access_keyed(void *context)
{
	struct second_thread *own = context;

	own->rights = key_rights(own->key);
	if (own->opens) {
		set_key_rights(own->key, 0);
	}
	own->loaded = try_load(own->area);
	if (own->opens) {
		set_key_rights(own->key, 0);
	}
	own->stored = try_store(own->area, 't');
	return NULL;
}

static struct second_thread access_in_thread(char *area, int key, bool opens)
{
	struct second_thread second = {.key = key, .area = area, .opens = opens};
	pthread_t thread;

	arrange(pthread_create(&thread, NULL, access_keyed, &second) == 0);
	arrange(pthread_join(thread, NULL) == 0);
	return second;
}

CLAIM(each_thread_has_rights_of_its_own, "prot-10",
      "What one thread closes another may load from and store to, and neither changes the other's "
      "rights",
      .needs = PROTECTION_KEYS)
{
	int key;
	char *area = keyed_pages(&key);

	for (int round = 0; round < 3; round++) {
		set_key_rights(key, PKEY_DISABLE_ACCESS);

		struct second_thread second = access_in_thread(area + round, key, true);

		assert_no_trap(second.loaded);
		assert_no_trap(second.stored);
		assert_equals(key_rights(key), PKEY_DISABLE_ACCESS, "the first one's rights");
		assert_trap(try_load(area), SIGSEGV, SEGV_PKUERR, area);
		set_key_rights(key, PKEY_DISABLE_WRITE);
		assert_no_trap(try_load(area));
		assert_trap(try_store(area, 1), SIGSEGV, SEGV_PKUERR, area);
	}
}

CLAIM(threads_and_children_begin_with_their_makers, "pkey-05",
      "A new thread and a forked child have the rights of who made them, and pages keep their keys",
      .needs = PROTECTION_KEYS)
{
	const unsigned rights[] = {PKEY_DISABLE_WRITE, PKEY_DISABLE_ACCESS, 0};
	int key;
	char *area = keyed_pages(&key);

	for (size_t i = 0; i < 3; i++) {
		set_key_rights(key, rights[i]);
		IN_CHILD {
			assert_equals(key_rights(key), rights[i], "a child's rights");

			struct trap stored = try_store(area, 1);

			assert_equals(stored.signal, rights[i] ? SIGSEGV : 0,
				      "signal of its store");
		}
		set_key_rights(key, rights[i]);
		assert_equals(access_in_thread(area, key, false).rights, rights[i],
			      "a new thread's rights");
	}
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
	syscall(SYS_pkey_mprotect, closed, page_size(), (long)READ_WRITE, 0l);
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

CONTROL(an_open_key_refuses_nobody, "prot-10 pkey-05 pkey-06 pkey-07",
	"While the key is open everybody's accesses to the same pages go through, the kernel's too",
	.needs = PROTECTION_KEYS)
{
	int key, ends[2];
	char *area = keyed_pages(&key);

	set_key_rights(key, 0);
	assert_no_trap(try_load(area));
	assert_no_trap(try_store(area, load(area)));

	struct second_thread second = access_in_thread(area, key, false);

	assert_equals(second.rights, 0, "a new thread's rights");
	assert_no_trap(second.loaded);
	assert_no_trap(second.stored);
	arrange(pipe(ends) == 0 && write(ends[1], "abcdefgh", 8) == 8);
	assert_equals(read(ends[0], area, 8), 8, "bytes read");
	assert_same_bytes(area, "abcdefgh", 8, "what was read");
}
