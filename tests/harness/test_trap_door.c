/* SPDX-License-Identifier: MIT */
/*
 * The trap instrument, on memory made here that refuses accesses in every way there is. Codes and
 * bytes are asserted where the probes say that this machine tells them.
 */
#include <check.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <touchstone/traps.h>

#include "instruments/page_size.h"
#include "instruments/trap_door.h"

/* Volatile, so that no compiler knows that it is NULL. */
static void *volatile nowhere;

static unsigned char *map(int protection)
{
	unsigned char *page = mmap(NULL, machine_page_size(), protection,
				   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	ck_assert_ptr_ne(page, MAP_FAILED);
	return page;
}

/* A hole of one page between two others, which a mapping made meanwhile hardly fits into. */
static unsigned char *unmapped(void)
{
	size_t page = machine_page_size();
	unsigned char *area = mmap(NULL, 3 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	ck_assert_ptr_ne(area, MAP_FAILED);
	ck_assert_int_eq(munmap(area + page, page), 0);
	return area + page;
}

static uintptr_t page_number(const void *address)
{
	return (uintptr_t)address / machine_page_size();
}

static void assert_refused(struct trap trap, enum access access, int signal, int code,
			   const void *address)
{
	ck_assert_int_eq(trap.access, access);
	ck_assert_int_eq(trap.signal, signal);
	ck_assert_uint_eq(page_number(trap.address), page_number(address));
	if (trap_door_tells_codes()) {
		ck_assert_int_eq(trap.code, code);
	}
	if (trap_door_tells_bytes()) {
		ck_assert_ptr_eq(trap.address, address);
	}
}

static void assert_passed(struct trap trap, enum access access, const void *target)
{
	ck_assert_int_eq(trap.access, access);
	ck_assert_ptr_eq(trap.target, target);
	ck_assert_int_eq(trap.signal, 0);
	ck_assert_int_eq(trap.code, 0);
	ck_assert_ptr_null(trap.address);
}

START_TEST(what_is_allowed_goes_through)
{
	unsigned char *page = map(PROT_READ | PROT_WRITE);
	struct trap trap;

	page[17] = 0xa7;
	trap = try_load(page + 17);
	assert_passed(trap, LOAD, page + 17);
	ck_assert_uint_eq(trap.loaded, 0xa7);
	assert_passed(try_store(page + 18, 0x5c), STORE, page + 18);
	ck_assert_uint_eq(page[18], 0x5c);
	ck_assert_uint_eq(page[17], 0xa7);
	ck_assert_uint_eq(page[19], 0);
}
END_TEST

START_TEST(nothing_mapped_refuses_everything)
{
	unsigned char *gone = unmapped();

	assert_refused(try_load(gone + 3), LOAD, SIGSEGV, SEGV_MAPERR, gone + 3);
	assert_refused(try_store(gone + 5, 1), STORE, SIGSEGV, SEGV_MAPERR, gone + 5);
	assert_refused(try_call(gone + 8), CALL, SIGSEGV, SEGV_MAPERR, gone + 8);
	ck_assert_ptr_eq(try_load(gone + 3).target, gone + 3);
}
END_TEST

START_TEST(a_page_without_permissions_refuses_everything)
{
	unsigned char *page = map(PROT_NONE);

	assert_refused(try_load(page + 3), LOAD, SIGSEGV, SEGV_ACCERR, page + 3);
	assert_refused(try_store(page + 5, 1), STORE, SIGSEGV, SEGV_ACCERR, page + 5);
	assert_refused(try_call(page + 8), CALL, SIGSEGV, SEGV_ACCERR, page + 8);
}
END_TEST

START_TEST(a_read_only_page_refuses_stores_for_good)
{
	unsigned char *page = map(PROT_READ | PROT_WRITE);
	struct trap trap;

	page[9] = 'x';
	ck_assert_int_eq(mprotect(page, machine_page_size(), PROT_READ), 0);
	trap = try_store(page + 9, 'y');
	assert_refused(trap, STORE, SIGSEGV, SEGV_ACCERR, page + 9);
	ck_assert_int_eq(mprotect(page, machine_page_size(), PROT_READ | PROT_WRITE), 0);
	ck_assert_uint_eq(page[9], 'x');
	assert_passed(try_store(page + 9, 'y'), STORE, page + 9);
	ck_assert_uint_eq(page[9], 'y');
}
END_TEST

START_TEST(code_is_called_where_it_may_be_executed)
{
	unsigned char *page = map(PROT_READ | PROT_WRITE);
	size_t length = copy_return_function(page);

	ck_assert_uint_lt(length, 64);
	if (length == 0) {
		return; /* an unknown architecture */
	}
	for (size_t i = length; i < 128; i++) {
		ck_assert_uint_eq(page[i], 0);
	}
#if defined(__x86_64__) || defined(__aarch64__)
	assert_refused(try_call(page), CALL, SIGSEGV, SEGV_ACCERR, page);
#endif
	/* A hardened system may not let written memory become code. */
	if (mprotect(page, machine_page_size(), PROT_READ | PROT_EXEC) != 0) {
		return;
	}
	__builtin___clear_cache((char *)page, (char *)page + length);
	assert_passed(try_call(page), CALL, page);
	assert_passed(try_call(page), CALL, page);
}
END_TEST

START_TEST(a_page_past_the_end_of_its_file_is_a_bus_error)
{
	size_t page = machine_page_size();
	int fd = memfd_create("short", MFD_CLOEXEC);
	unsigned char *area;

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(ftruncate(fd, (off_t)page), 0);
	area = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	ck_assert_ptr_ne(area, MAP_FAILED);
	assert_passed(try_store(area + page - 1, 1), STORE, area + page - 1);
	assert_refused(try_load(area + page), LOAD, SIGBUS, BUS_ADRERR, area + page);
	assert_refused(try_store(area + page + 7, 1), STORE, SIGBUS, BUS_ADRERR, area + page + 7);
	ck_assert_uint_eq(bytes_until_trap(LOAD, area, 2 * page, 1), page);
}
END_TEST

#ifdef __x86_64__
START_TEST(an_address_that_is_none_traps_without_an_address)
{
	void *wild = (void *)(uintptr_t)0x4141414141414141;
	struct trap traps[] = {try_load(wild), try_store(wild, 1), try_call(wild)};

	for (size_t i = 0; i < sizeof traps / sizeof *traps; i++) {
		ck_assert_int_eq(traps[i].access, (int)i);
		ck_assert_ptr_eq(traps[i].target, wild);
		ck_assert_int_eq(traps[i].signal, SIGSEGV);
		if (trap_door_tells_codes()) {
			ck_assert_int_eq(traps[i].code, SI_KERNEL);
			ck_assert_ptr_null(traps[i].address);
		}
	}
}
END_TEST
#endif

/* The compiler's trap instruction is SIGTRAP elsewhere, which has no door. */
#if defined(__x86_64__) || defined(__i386__)
static void run_illegal(void)
{
	__builtin_trap();
}

START_TEST(what_called_code_does_is_caught_too)
{
	struct trap trap = try_call((const void *)(uintptr_t)run_illegal);

	ck_assert_int_eq(trap.signal, SIGILL);
	if (trap_door_tells_codes()) {
		ck_assert_int_eq(trap.code, ILL_ILLOPN);
	}
}
END_TEST
#endif

static volatile bool deeper = true;

/* The volatile array keeps each call's frame, and the call from becoming a loop. */
__attribute__((noinline, no_sanitize("address", "undefined"))) static int descend(int depth)
{
	volatile char frame[256];

	frame[0] = (char)depth;
	return deeper ? descend(depth + 1) + frame[0] : 0;
}

/* The limit may be unlimited here; a soft one can always be lowered. */
static bool lower_stack_limit(void)
{
	enum { MEBIBYTE = 1024 * 1024 };
	struct rlimit limit;

	if (getrlimit(RLIMIT_STACK, &limit) != 0) {
		return false;
	}
	if (limit.rlim_cur > MEBIBYTE) {
		limit.rlim_cur = MEBIBYTE;
	}
	return setrlimit(RLIMIT_STACK, &limit) == 0;
}

static void overflow(void)
{
	descend(0);
}

START_TEST(a_used_up_stack_is_survived)
{
	uintptr_t here = (uintptr_t)__builtin_frame_address(0);

	ck_assert(lower_stack_limit());
	for (int i = 0; i < 3; i++) {
		struct trap trap = try_call((const void *)(uintptr_t)overflow);

		ck_assert_int_eq(trap.signal, SIGSEGV);
		ck_assert_uint_lt((uintptr_t)trap.address, here);
	}
}
END_TEST

START_TEST(ten_thousand_traps_leave_nothing_behind)
{
	unsigned char *none = map(PROT_NONE);
	sigset_t wanted, mask;
	stack_t stack;

	sigemptyset(&wanted);
	sigaddset(&wanted, SIGUSR1);
	ck_assert_int_eq(sigprocmask(SIG_BLOCK, &wanted, NULL), 0);
	for (int i = 0; i < 10000; i++) {
		struct trap trap = i % 2 ? try_load(none + i % 100) : try_store(none + i % 100, 1);

		ck_assert_int_eq(trap.signal, SIGSEGV);
		ck_assert_uint_eq(page_number(trap.address), page_number(none));
	}
	ck_assert_int_eq(sigprocmask(SIG_BLOCK, NULL, &mask), 0);
	ck_assert(sigismember(&mask, SIGUSR1));
	ck_assert(!sigismember(&mask, SIGSEGV));
	ck_assert(!sigismember(&mask, SIGBUS));
	ck_assert_int_eq(sigaltstack(NULL, &stack), 0);
	ck_assert_int_eq(stack.ss_flags & SS_ONSTACK, 0);
}
END_TEST

START_TEST(opening_again_unblocks_and_keeps_the_door)
{
	sigset_t traps;

	sigemptyset(&traps);
	sigaddset(&traps, SIGSEGV);
	sigaddset(&traps, SIGBUS);
	ck_assert_int_eq(sigprocmask(SIG_BLOCK, &traps, NULL), 0);
	trap_door_open(NULL);
	ck_assert_int_eq(try_load(nowhere).signal, SIGSEGV);
	ck_assert_int_eq(sigprocmask(SIG_BLOCK, NULL, &traps), 0);
	ck_assert(!sigismember(&traps, SIGSEGV));
	ck_assert(!sigismember(&traps, SIGBUS));
}
END_TEST

struct threads_work {
	unsigned char *page;
	int code;
	int failures;
};

static void *trap_often(void *context)
{
	struct threads_work *work = context;

	for (int i = 0; i < 2000; i++) {
		void *target = (void *)((uintptr_t)work->page + (uintptr_t)i % 64);
		struct trap trap = try_store(target, 1);

		work->failures += trap.signal != SIGSEGV ||
				  page_number(trap.address) != page_number(target) ||
				  (trap_door_tells_codes() && trap.code != work->code) ||
				  (trap_door_tells_bytes() && trap.address != target);
	}
	return NULL;
}

START_TEST(each_thread_has_a_door_of_its_own)
{
	/* Page 0 for the third: the new stacks could come to lie on any other that is free. */
	struct threads_work work[3] = {{map(PROT_NONE), SEGV_ACCERR, 0},
				       {map(PROT_READ), SEGV_ACCERR, 0},
				       {nowhere, SEGV_MAPERR, 0}};
	pthread_t threads[2];

	trap_door_tells_codes();
	for (int i = 0; i < 2; i++) {
		ck_assert_int_eq(pthread_create(&threads[i], NULL, trap_often, &work[i]), 0);
	}
	trap_often(&work[2]);
	for (int i = 0; i < 2; i++) {
		ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
	}
	for (int i = 0; i < 3; i++) {
		ck_assert_int_eq(work[i].failures, 0);
	}
}
END_TEST

START_TEST(a_walk_ends_where_it_is_stopped)
{
	size_t page = machine_page_size();
	unsigned char *area = mmap(NULL, 4 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	unsigned char *first = area + page, *last = area + 3 * page - 1;

	ck_assert_ptr_ne(area, MAP_FAILED);
	ck_assert_int_eq(mprotect(first, 2 * page, PROT_READ | PROT_WRITE), 0);

	ck_assert_uint_eq(bytes_until_trap(LOAD, first, 4 * page, 1), 2 * page);
	ck_assert_uint_eq(bytes_until_trap(LOAD, first + 5, 4 * page, 1), 2 * page - 5);
	ck_assert_uint_eq(bytes_until_trap(LOAD, last, 4 * page, -1), 2 * page);
	ck_assert_uint_eq(bytes_until_trap(LOAD, last - 5, 4 * page, -1), 2 * page - 5);
	ck_assert_uint_eq(bytes_until_trap(LOAD, first, 2 * page, 1), 2 * page);
	ck_assert_uint_eq(bytes_until_trap(LOAD, first, 10, 1), 10);
	ck_assert_uint_eq(bytes_until_trap(LOAD, first, 0, 1), 0);
	ck_assert_uint_eq(bytes_until_trap(STORE, area, page, 1), 0);
	ck_assert_uint_eq(bytes_until_trap(CALL, first, page, 1), 0);

	for (size_t i = 0; i < 2 * page; i++) {
		ck_assert_uint_eq(first[i], 0);
	}
	ck_assert_uint_eq(bytes_until_trap(STORE, first + page, 10, 1), 10);
	ck_assert_uint_eq(first[page - 1], 0);
	ck_assert_uint_ne(first[page], 0);
	ck_assert_uint_ne(first[page + 9], 0);
	ck_assert_uint_eq(first[page + 10], 0);
	ck_assert_uint_eq(bytes_until_trap(STORE, first + 9, 4 * page, -1), 10);
	ck_assert_uint_ne(first[0], 0);
	ck_assert_uint_eq(first[10], 0);
	ck_assert_uint_eq(bytes_until_trap(STORE, first, 4 * page, 1), 2 * page);

	ck_assert_int_eq(mprotect(first + page, page, PROT_READ), 0);
	ck_assert_uint_eq(bytes_until_trap(STORE, first, 4 * page, 1), page);
	ck_assert_uint_eq(bytes_until_trap(LOAD, first, 4 * page, 1), 2 * page);
}
END_TEST

/* What a child's unexpected() was told, through a pipe. */
struct told {
	int signal, code;
	const void *address;
};
static int report_to;

static void tell(int signal, const siginfo_t *info)
{
	struct told told = {signal, info->si_code, info->si_addr};

	_exit(write(report_to, &told, sizeof told) == sizeof told ? 42 : 43);
}

/* How a child ends that does something outside of the door, after a last access through it. */
static int status_of(void (*unexpected)(int signal, const siginfo_t *info), const void *last,
		     void (*act)(void))
{
	pid_t child = fork();
	int status;

	ck_assert_int_ge(child, 0);
	if (child == 0) {
		struct rlimit none = {0, 0};

		if (setrlimit(RLIMIT_CORE, &none) != 0 || !lower_stack_limit()) {
			_exit(99);
		}
		trap_door_open(unexpected);
		try_load(last);
		act();
		_exit(0);
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	return status;
}

__attribute__((noinline, no_sanitize("address", "undefined"))) static void load_nowhere(void)
{
	(void)*(const volatile char *)nowhere;
}

static void return_to_caller(int signal, const siginfo_t *info)
{
	(void)signal;
	(void)info;
}

static void send_bus_error(void)
{
	raise(SIGBUS);
}

START_TEST(what_nobody_expects_is_told)
{
	struct told told;
	int ends[2], status;

	ck_assert_int_eq(pipe(ends), 0);
	report_to = ends[1];
	/* Neither a trap that was expected nor an access that passed leaves the door open. */
	for (int i = 0; i < 2; i++) {
		status = status_of(tell, i == 0 ? nowhere : &told, load_nowhere);
		ck_assert(WIFEXITED(status));
		ck_assert_int_eq(WEXITSTATUS(status), 42);
		ck_assert_int_eq(read(ends[0], &told, sizeof told), sizeof told);
		ck_assert_int_eq(told.signal, SIGSEGV);
		ck_assert_ptr_eq(told.address, nowhere);
		if (trap_door_tells_codes()) {
			ck_assert_int_eq(told.code, SEGV_MAPERR);
		}
	}

	status = status_of(tell, nowhere, overflow);
	ck_assert(WIFEXITED(status));
	ck_assert_int_eq(WEXITSTATUS(status), 42);
	ck_assert_int_eq(read(ends[0], &told, sizeof told), sizeof told);
	ck_assert_int_eq(told.signal, SIGSEGV);

	status = status_of(tell, nowhere, send_bus_error);
	ck_assert_int_eq(WEXITSTATUS(status), 42);
	ck_assert_int_eq(read(ends[0], &told, sizeof told), sizeof told);
	ck_assert_int_eq(told.signal, SIGBUS);
}
END_TEST

START_TEST(what_nobody_wants_to_hear_of_ends_the_process)
{
	int status = status_of(NULL, nowhere, load_nowhere);

	ck_assert(WIFSIGNALED(status));
	ck_assert_int_eq(WTERMSIG(status), SIGSEGV);
	status = status_of(return_to_caller, nowhere, load_nowhere);
	ck_assert(WIFSIGNALED(status));
	ck_assert_int_eq(WTERMSIG(status), SIGSEGV);
	status = status_of(NULL, nowhere, send_bus_error);
	ck_assert(WIFSIGNALED(status));
	ck_assert_int_eq(WTERMSIG(status), SIGBUS);
}
END_TEST

START_TEST(the_probes_answer_the_same_and_leave_nothing)
{
	static char before[1 << 20], after[1 << 20];
	bool codes = trap_door_tells_codes(), bytes = trap_door_tells_bytes();
	FILE *maps;
	size_t length;

	maps = fopen("/proc/self/maps", "r");
	if (maps == NULL) {
		return;
	}
	length = fread(before, 1, sizeof before, maps);
	ck_assert_int_eq(trap_door_tells_codes(), codes);
	ck_assert_int_eq(trap_door_tells_bytes(), bytes);
	rewind(maps);
	ck_assert_uint_eq(fread(after, 1, sizeof after, maps), length);
	fclose(maps);
	ck_assert(memcmp(before, after, length) == 0);
}
END_TEST

static sigjmp_buf back;
static siginfo_t plainly_seen;

static void see_plainly(int signal, siginfo_t *info, void *context)
{
	(void)signal;
	(void)context;
	plainly_seen = *info;
	siglongjmp(back, 1);
}

/* Without this comparison an instrument that loses the codes would look like a poor machine. */
START_TEST(the_door_tells_what_a_plain_handler_is_told)
{
	struct sigaction plain = {.sa_sigaction = see_plainly, .sa_flags = SA_SIGINFO}, door;
	unsigned char *targets[] = {map(PROT_NONE) + 77, unmapped() + 77, NULL};

	for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++) {
		struct trap trap = try_load(targets[i]);

		nowhere = targets[i];
		ck_assert_int_eq(sigaction(SIGSEGV, &plain, &door), 0);
		if (sigsetjmp(back, 1) == 0) {
			load_nowhere();
			ck_abort_msg("the load went through");
		}
		ck_assert_int_eq(sigaction(SIGSEGV, &door, NULL), 0);
		ck_assert_int_eq(trap.signal, plainly_seen.si_signo);
		ck_assert_int_eq(trap.code, plainly_seen.si_code);
		ck_assert_ptr_eq(trap.address, plainly_seen.si_addr);
	}
}
END_TEST

START_TEST(names_are_as_in_the_manual)
{
	ck_assert_str_eq(trap_signal_name(SIGSEGV), "SIGSEGV");
	ck_assert_str_eq(trap_signal_name(SIGBUS), "SIGBUS");
	ck_assert_str_eq(trap_signal_name(SIGILL), "SIGILL");
	ck_assert_str_eq(trap_signal_name(SIGFPE), "SIGFPE");
	ck_assert_str_eq(trap_signal_name(SIGKILL), "SIGKILL");
	ck_assert_str_eq(trap_signal_name(99), "signal 99");
	ck_assert_str_eq(trap_signal_name(0), "signal 0");
	ck_assert_str_eq(trap_signal_name(-1), "signal -1");
	ck_assert_str_eq(trap_signal_name(INT32_MAX), "signal 2147483647");
	ck_assert_str_eq(trap_signal_name(INT32_MIN), "signal -2147483648");

	ck_assert_str_eq(trap_code_name(SIGSEGV, SEGV_MAPERR), "SEGV_MAPERR");
	ck_assert_str_eq(trap_code_name(SIGSEGV, SEGV_ACCERR), "SEGV_ACCERR");
	ck_assert_str_eq(trap_code_name(SIGSEGV, 4), "SEGV_PKUERR");
	ck_assert_str_eq(trap_code_name(SIGBUS, BUS_ADRALN), "BUS_ADRALN");
	ck_assert_str_eq(trap_code_name(SIGBUS, BUS_ADRERR), "BUS_ADRERR");
	ck_assert_str_eq(trap_code_name(SIGILL, ILL_ILLOPN), "ILL_ILLOPN");
	ck_assert_str_eq(trap_code_name(SIGFPE, FPE_INTDIV), "FPE_INTDIV");
	ck_assert_str_eq(trap_code_name(SIGSEGV, SI_KERNEL), "SI_KERNEL");
	ck_assert_str_eq(trap_code_name(SIGSEGV, SI_USER), "SI_USER");
	ck_assert_str_eq(trap_code_name(SIGBUS, SI_TKILL), "SI_TKILL");
	ck_assert_str_eq(trap_code_name(SIGSEGV, 77), "code 77");
	ck_assert_str_eq(trap_code_name(SIGUSR1, 7), "code 7");
	ck_assert_str_eq(trap_code_name(SIGSEGV, INT32_MIN), "code -2147483648");

	/* Both unknown names can stand in one message. */
	const char *signal = trap_signal_name(99), *code = trap_code_name(99, 7);
	ck_assert_str_eq(signal, "signal 99");
	ck_assert_str_eq(code, "code 7");
}
END_TEST

static void open_door(void)
{
	trap_door_open(NULL);
}

int main(void)
{
	Suite *suite = suite_create("trap_door");
	TCase *opened = tcase_create("opened before");
	TCase *closed = tcase_create("opened by the first access");
	SRunner *runner = srunner_create(suite);
	TCase *both[] = {opened, closed};
	int failed;

	tcase_add_checked_fixture(opened, open_door, NULL);
	for (size_t i = 0; i < sizeof both / sizeof *both; i++) {
		tcase_set_timeout(both[i], 60);
		tcase_add_test(both[i], nothing_mapped_refuses_everything);
		tcase_add_test(both[i], the_probes_answer_the_same_and_leave_nothing);
		suite_add_tcase(suite, both[i]);
	}
	tcase_add_test(opened, what_is_allowed_goes_through);
	tcase_add_test(opened, a_page_without_permissions_refuses_everything);
	tcase_add_test(opened, a_read_only_page_refuses_stores_for_good);
	tcase_add_test(opened, code_is_called_where_it_may_be_executed);
	tcase_add_test(opened, a_page_past_the_end_of_its_file_is_a_bus_error);
#ifdef __x86_64__
	tcase_add_test(opened, an_address_that_is_none_traps_without_an_address);
#endif
#if defined(__x86_64__) || defined(__i386__)
	tcase_add_test(opened, what_called_code_does_is_caught_too);
#endif
	tcase_add_test(opened, a_used_up_stack_is_survived);
	tcase_add_test(opened, ten_thousand_traps_leave_nothing_behind);
	tcase_add_test(opened, opening_again_unblocks_and_keeps_the_door);
	tcase_add_test(opened, each_thread_has_a_door_of_its_own);
	tcase_add_test(opened, a_walk_ends_where_it_is_stopped);
	tcase_add_test(opened, what_nobody_expects_is_told);
	tcase_add_test(opened, what_nobody_wants_to_hear_of_ends_the_process);
	tcase_add_test(opened, the_door_tells_what_a_plain_handler_is_told);
	tcase_add_test(opened, names_are_as_in_the_manual);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? 0 : 1;
}
