/* SPDX-License-Identifier: MIT */
/*
 * getrusage answers in full or not at all
 * =======================================
 *
 * Document 001 rests on getrusage(2), so it had better keep its word. There are three whom it
 * can be asked about: the process, its children, the calling thread. Anybody else is EINVAL, and
 * an answer that cannot be stored is EFAULT. Of the sixteen fields of struct rusage Linux keeps
 * nine. The others are a heritage of BSD: memory integrals, swaps, messages, signals. They are
 * not left as they were, but set to zero.
 *
 *      ru_utime ru_stime ru_maxrss  ru_ixrss ru_idrss ru_isrss  ru_minflt ru_majflt
 *      kept     kept     kept       0        0        0         kept      kept
 *      ru_nswap  ru_inblock ru_oublock  ru_msgsnd ru_msgrcv ru_nsignals  ru_nvcsw ru_nivcsw
 *      0         kept       kept        0         0         0            kept     kept
 *
 * The errors are asked of the system call itself: a C library may store the answer in its stead.
 *
 * Look with: the fields and errno.
 * Read on:   getrusage(2); document 001 "Observations".
 */
#include <signal.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("getrusage answers in full or not at all");

enum { SIGNALS = 5 };

#ifndef RUSAGE_THREAD
#define RUSAGE_THREAD 1
#endif

static const int known[] = {RUSAGE_SELF, RUSAGE_CHILDREN, RUSAGE_THREAD};

static volatile int signals;

static void count_signal(int signal)
{
	(void)signal;
	signals++;
}

CLAIM(what_is_not_kept_is_zero, "rusage-11",
      "The fields that Linux does not keep are set to zero, after signals and messages as well")
{
	struct sigaction count = {.sa_handler = count_signal};
	int ends[2];
	char byte = 'm';

	arrange(sigaction(SIGUSR1, &count, NULL) == 0 && pipe(ends) == 0);
	for (int i = 0; i < SIGNALS; i++) {
		arrange(raise(SIGUSR1) == 0);
		arrange(write(ends[1], &byte, 1) == 1 && read(ends[0], &byte, 1) == 1);
	}
	arrange(signals == SIGNALS);
	for (size_t i = 0; i < 3; i++) {
		struct rusage usage;

		memset(&usage, 0xff, sizeof usage);
		assert_accepted(getrusage(known[i], &usage));
		assert_equals(usage.ru_ixrss, 0, "ru_ixrss");
		assert_equals(usage.ru_idrss, 0, "ru_idrss");
		assert_equals(usage.ru_isrss, 0, "ru_isrss");
		assert_equals(usage.ru_nswap, 0, "ru_nswap");
		assert_equals(usage.ru_msgsnd, 0, "ru_msgsnd");
		assert_equals(usage.ru_msgrcv, 0, "ru_msgrcv");
		assert_equals(usage.ru_nsignals, 0, "ru_nsignals");
		assert_at_least(usage.ru_minflt, 0, "ru_minflt");
		assert_at_least(usage.ru_majflt, 0, "ru_majflt");
		assert_at_least(usage.ru_maxrss, 0, "ru_maxrss");
	}
}

CLAIM(nobody_else_can_be_asked_about, "rusage-12",
      "Any other first argument is EINVAL, and nothing is stored")
{
	const int unknown[] = {2, -2, 3, 1000, -1000, 0x7fffffff, -0x7fffffff - 1};
	static char answer[1024];

	memset(answer, 'u', sizeof answer);
	for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
		assert_refused(syscall(SYS_getrusage, unknown[i], answer), EINVAL);
	}
	assert_all_bytes(answer, sizeof answer, 'u', "where the answer would have been stored");
}

/* How many bytes the kernel stores, on this machine. A byte stored may be what it was before. */
static size_t length_of_answer(char *area)
{
	size_t length = 0;

	for (char before = 'u'; before <= 'v'; before++) {
		memset(area, before, page_size());
		arrange(syscall(SYS_getrusage, RUSAGE_SELF, area) == 0);
		for (size_t i = length; i < page_size(); i++) {
			length = area[i] != before ? i + 1 : length;
		}
	}
	return length;
}

CLAIM(an_answer_nobody_can_store_is_refused, "rusage-13",
      "An answer that would reach into pages that cannot be written is EFAULT, to the last byte")
{
	char *area = fresh_pages(4, MAP_PRIVATE), *hole = page(area, 3), *fixed = page(area, 1);
	size_t length = length_of_answer(area);

	store_each(area, 3, 'f');
	arrange(mprotect(fixed, page_size(), PROT_READ) == 0 && munmap(hole, page_size()) == 0);
	for (size_t i = 0; i < 3; i++) {
		assert_refused(syscall(SYS_getrusage, known[i], NULL), EFAULT);
		assert_refused(syscall(SYS_getrusage, known[i], hole), EFAULT);
		assert_refused(syscall(SYS_getrusage, known[i], hole - length + 1), EFAULT);
		assert_refused(syscall(SYS_getrusage, known[i], fixed), EFAULT);
		assert_refused(syscall(SYS_getrusage, known[i], fixed - length + 1), EFAULT);
	}
	assert_byte(fixed, 'f', "the page that is read-only");
	assert_all_bytes(fixed + 1, page_size() - 1, 0, "the rest of it");
}

CONTROL(whom_it_knows_it_answers, "rusage-11 rusage-12 rusage-13",
	"About all three it answers, into the last bytes before a hole, and not one byte more")
{
	char *area = fresh_pages(2, MAP_PRIVATE), *hole = page(area, 1);
	size_t length = length_of_answer(area);

	assert_at_least(length, 1, "bytes of an answer");
	arrange(munmap(hole, page_size()) == 0);
	for (size_t i = 0; i < 3; i++) {
		memset(area, 'u', page_size());
		assert_accepted(syscall(SYS_getrusage, known[i], hole - length));
		assert_all_bytes(area, page_size() - length, 'u', "the bytes before the answer");
	}
}
