/* SPDX-License-Identifier: MIT */
/*
 * A refused fault tells why and where
 * ===================================
 *
 * A fault that the kernel cannot repair becomes a signal, and a handler with SA_SIGINFO is told
 * what happened: siginfo_t names the signal, the reason, and the address that was accessed.
 *
 *      what was accessed                             si_signo   si_code        si_addr
 *      an address in no area                         SIGSEGV    SEGV_MAPERR    that byte
 *      an area that forbids this                     SIGSEGV    SEGV_ACCERR    that byte
 *      a page of a mapping behind the file's end     SIGBUS     BUS_ADRERR     that byte
 *
 * Documents 003 and 004 (6.5) leave out that an invalid access has three names. Beyond the end of a
 * file there is an area with the rights it takes; but there is no page to bring.
 *
 * Look with: siginfo_t, in a handler of this file's own.
 * Read on:   sigaction(2) "The siginfo_t argument", mmap(2) SIGBUS; document 003, 004 section 6.5.
 */
#include <setjmp.h>
#include <signal.h>
#include <sys/mman.h>

#include <touchstone/experiment.h>

EXPERIMENT("A refused fault tells why and where");

enum { PAGES = 4, SEED = 20 };

static sigjmp_buf before_access;
static siginfo_t told;
static volatile int calls, number;

static void take_note(int signal, siginfo_t *info, void *context)
{
	calls++;
	number = signal;
	told = *info;
	(void)context;
	siglongjmp(before_access, 1);
}

static void install(void)
{
	struct sigaction action = {.sa_sigaction = take_note, .sa_flags = SA_SIGINFO};

	sigemptyset(&action.sa_mask);
	arrange(sigaction(SIGSEGV, &action, NULL) == 0 && sigaction(SIGBUS, &action, NULL) == 0);
}

static void access_once(enum access access, char *address)
{
	calls = 0;
	if (sigsetjmp(before_access, 1) == 0) {
		if (access == LOAD) {
			load(address);
		} else if (access == STORE) {
			store(address, 'x');
		} else {
			((void (*)(void))(uintptr_t)address)();
		}
	}
}

/* The access calls the handler once, which is told all of this. */
static void assert_told(enum access access, char *address, int signal, int code)
{
	struct trap trap = {.access = access, .target = address};

	access_once(access, address);
	assert_equals(calls, 1, "calls of the handler");
	assert_equals(number, signal, "the handler's first argument");
	assert_equals(told.si_errno, 0, "si_errno");
	trap.signal = told.si_signo;
	trap.code = told.si_code;
	trap.address = told.si_addr;
	assert_trap(trap, signal, code, address);
}

/* Each kind of access; code lies at even addresses only. */
static void assert_all_told(char *address, int signal, int code)
{
	assert_told(LOAD, address, signal, code);
	assert_told(STORE, address, signal, code);
	assert_told(CALL, (char *)((uintptr_t)address & ~(uintptr_t)15), signal, code);
}

CLAIM(where_nothing_is_mapped, "sigact-01",
      "Outside of every area the handler is told SIGSEGV, SEGV_MAPERR and the very byte")
{
	char *hole = page(fresh_pages(PAGES, MAP_PRIVATE), 1);

	arrange(munmap(hole, page_size()) == 0);
	install();
	for (size_t at = 0; at < page_size(); at += page_size() / 8 - 1) {
		assert_all_told(hole + at, SIGSEGV, SEGV_MAPERR);
	}
}

CLAIM(where_the_access_is_forbidden, "sigact-01",
      "In an area that forbids it the handler is told SIGSEGV, SEGV_ACCERR and the very byte")
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, SEED), *read_only = page(area, 2);

	arrange(mprotect(page(area, 1), page_size(), PROT_NONE) == 0);
	arrange(mprotect(read_only, page_size(), PROT_READ) == 0);
	install();
	for (size_t at = 0; at < page_size(); at += page_size() / 8 + 1) {
		assert_all_told(page(area, 1) + at, SIGSEGV, SEGV_ACCERR);
		assert_told(STORE, read_only + at, SIGSEGV, SEGV_ACCERR);
	}
	arrange(mprotect(area, PAGES * page_size(), PROT_READ) == 0);
	assert_pattern(area, PAGES * page_size(), SEED, "all the pages, looked at again");
}

CLAIM(where_the_file_has_ended, "sigact-02",
      "In a page behind the end of the file the handler is told SIGBUS, BUS_ADRERR and the very "
      "byte")
{
	for (int i = 0; i < 2; i++) {
		char *area = fresh_mapping(PAGES, i ? MAP_SHARED : MAP_PRIVATE,
					   memory_file(2, SEED));
		char *behind = page(area, 2);

		install();
		access_once(LOAD, behind - 1);
		assert_equals(calls, 0, "signals of a load of the file's last byte");
		for (size_t at = 0; at < 2 * page_size(); at += page_size() / 4 + 1) {
			assert_told(LOAD, behind + at, SIGBUS, BUS_ADRERR);
			assert_told(STORE, behind + at, SIGBUS, BUS_ADRERR);
		}
		assert_told(STORE, page(area, PAGES) - 1, SIGBUS, BUS_ADRERR);
		assert_pattern(area, 2 * page_size(), SEED, "the file's own pages");
	}
}

CONTROL(a_permitted_access_tells_nothing, "sigact-01 sigact-02",
	"The same accesses, once the pages are there and allow them, call no handler")
{
	int fd = memory_file(PAGES, SEED);
	char *area = fresh_mapping(PAGES, MAP_SHARED, fd);

	install();
	for (size_t at = 0; at < PAGES * page_size(); at += page_size() / 4 + 1) {
		access_once(LOAD, area + at);
		access_once(STORE, area + at);
		assert_equals(calls, 0, "signals of the store");
		assert_byte(area + at, 'x', "what was stored");
	}
}
