/* SPDX-License-Identifier: MIT */
/*
 * Signals of the process stay over execve, handlers in its memory do not
 * ======================================================================
 *
 * After execve it is the same process with other memory. That alone decides what is kept of it. What the
 * kernel holds for the process itself stays as it was: its numbers, its files, which signals it
 * blocks, which ones wait. What names a place in the old memory cannot stay, for there is no such
 * place any more:
 *
 *      kept                                  reset
 *      signals ignored (SIG_IGN)             handlers: back to the default
 *      signals blocked, signals pending      the alternate signal stack: none
 *
 * This is how a shell runs "nohup make": it ignores SIGHUP, and make, which has not heard of that,
 * inherits it. A handler of the shell's could not be inherited: its code is gone.
 *
 * Look with: what a signal does to the new program; sigpending and sigaltstack called by it.
 * Read on:   execve(2) "Effect on process attributes", signal(7), sigaltstack(2).
 */
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Signals of the process stay over execve, handlers in its memory do not");

SPECIMEN(does_as_told);

enum { HANDLED = SIGUSR1, IGNORED = SIGUSR2, BLOCKED = SIGTERM };

static struct specimen_run run;

static void do_nothing(int unused)
{
	(void)unused;
}

static void block(int number)
{
	sigset_t set;

	arrange(sigemptyset(&set) == 0 && sigaddset(&set, number) == 0);
	arrange(sigprocmask(SIG_BLOCK, &set, NULL) == 0);
}

static char *order(const char *word, int number)
{
	static char orders[4][40];
	static unsigned turn;
	char *text = orders[turn++ % 4];

	snprintf(text, sizeof orders[0], "%s=%d", word, number);
	return text;
}

/* execve, in the block of START_PROGRAM: two orders, then its number as a sign of life. */
static void become_the_program(int file, char *first, char *second)
{
	assert_accepted(
		execve(specimen_path(file), WORDS("does_as_told", first, second, "pid"), NO_WORDS));
}

CLAIM(handlers_are_reset, "exec-38",
      "A signal that the old program handled has its default effect: it ends the new program",
      .needs = SPECIMENS)
{
	int file = specimen_file(&does_as_told);

	START_PROGRAM(run) {
		arrange(signal(HANDLED, do_nothing) != SIG_ERR);
		become_the_program(file, order("raise", HANDLED), "");
	}
	assert_equals(WIFSIGNALED(run.status) ? WTERMSIG(run.status) : 0, HANDLED,
		      "the signal that ended the new program");
}

CLAIM(ignored_signals_stay_ignored, "exec-38",
      "A signal that the old program ignored is ignored in the new one", .needs = SPECIMENS)
{
	int file = specimen_file(&does_as_told);

	START_PROGRAM(run) {
		arrange(signal(IGNORED, SIG_IGN) != SIG_ERR);
		arrange(signal(HANDLED, do_nothing) != SIG_ERR);
		become_the_program(file, order("raise", IGNORED), "");
	}
	assert_equals(run.status, 0, "how the new program ended");
	assert_at_least(specimen_said(&run, "pid"), 1, "its number, said after the signal");
}

CLAIM(blocked_and_pending_signals_are_kept, "exec-39",
      "A blocked signal stays blocked, and one that waited goes on waiting in the new program",
      .needs = SPECIMENS)
{
	int file = specimen_file(&does_as_told);

	for (int before = 0; before <= 1; before++) {
		START_PROGRAM(run) {
			block(BLOCKED);
			block(HANDLED);
			if (before) {
				arrange(kill(getpid(), BLOCKED) == 0);
			}
			become_the_program(file, before ? "" : order("raise", BLOCKED), "signals");
		}
		assert_equals(run.status, 0, "how the new program ended");
		assert_equals(specimen_said(&run, "pending"), 1U << (BLOCKED - 1),
			      "the set of signals that wait in it");
	}
}

CLAIM(the_alternate_stack_is_gone, "exec-40",
      "The new program has no alternate signal stack, even if the old one had", .needs = SPECIMENS)
{
	int file = specimen_file(&does_as_told);

	START_PROGRAM(run) {
		stack_t stack = {.ss_sp = fresh_pages(4, MAP_PRIVATE), .ss_size = 4 * page_size()};

		arrange(sigaltstack(&stack, NULL) == 0);
		become_the_program(file, "signals", "");
	}
	assert_equals(specimen_said(&run, "no_alternate_stack"), 1, "whether it has none");
}

CONTROL(without_arrangements_a_signal_ends_it, "exec-38 exec-39 exec-40",
	"With nothing arranged each signal ends the program, and it can have an alternate stack",
	.needs = SPECIMENS)
{
	static const int each[] = {HANDLED, IGNORED, BLOCKED};
	int file = specimen_file(&does_as_told);

	for (size_t i = 0; i < 3; i++) {
		START_PROGRAM(run) {
			become_the_program(file, order("raise", each[i]), "");
		}
		assert_equals(WIFSIGNALED(run.status) ? WTERMSIG(run.status) : 0, each[i],
			      "the signal that ended it");
	}
	START_PROGRAM(run) {
		become_the_program(file, "alternate_stack", "signals");
	}
	assert_equals(specimen_said(&run, "no_alternate_stack"), 0, "whether it has none");
	assert_equals(specimen_said(&run, "pending"), 0, "the set of signals that wait in it");
}
