/* SPDX-License-Identifier: MIT */
/*
 * fork is limited by number, not by size
 * ======================================
 *
 * A fork promises as much private memory again as the parent has. One might think that limits on
 * memory stop it. They do not, for they bind single processes, and the child is no larger than
 * its parent was. What stops a fork is the number of processes that a user may have, RLIMIT_NPROC:
 * EAGAIN, and nothing has happened. (Strict overcommit, which counts the promise, can stop it, too.)
 *
 *      RLIMIT_AS, RLIMIT_DATA reached  mmap: ENOMEM     fork: a child
 *      RLIMIT_NPROC reached            mmap: a mapping  fork: EAGAIN, but for root
 *
 * Look with: ulimit -u, -v and -d.
 * Read on:   fork(2) ERRORS, getrlimit(2); document 002 "fork revisited".
 */
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("fork is limited by number, not by size");

enum { PAGES = 16, AT_FORK = 1 };

/* Soft only: a lowered hard limit could not be raised again. */
static void set_soft(int resource, rlim_t value)
{
	struct rlimit limit;

	arrange(getrlimit(resource, &limit) == 0);
	limit.rlim_cur = value;
	arrange(setrlimit(resource, &limit) == 0);
}

CLAIM(the_number_of_processes_is_limited, "fork-43",
      "Who may have no more processes is refused with EAGAIN, by each of several forks, and lives")
{
	char *area = filled_pages(PAGES, MAP_PRIVATE, AT_FORK);

	IN_CHILD {
		become_an_ordinary_user(); /* root is not bound by the number */
		set_soft(RLIMIT_NPROC, 0);
		for (int i = 0; i < 3; i++) {
			pid_t pid;

			errno = 0;
			pid = fork();
			if (pid == 0) {
				_exit(0);
			}
			assert_equals(pid, -1, "what fork answers");
			assert_equals(errno, EAGAIN, "errno");
		}
		assert_refused(waitpid(-1, NULL, 0), ECHILD);
		assert_pattern(area, PAGES * page_size(), AT_FORK, "the memory of who was refused");
	}
}

CONTROL(with_room_for_more_it_forks, "fork-43",
	"The same user, with the limit as it was, gets its child")
{
	IN_CHILD {
		struct rlimit before;

		become_an_ordinary_user();
		arrange(getrlimit(RLIMIT_NPROC, &before) == 0);
		set_soft(RLIMIT_NPROC, 0);
		set_soft(RLIMIT_NPROC, before.rlim_cur);

		pid_t pid = fork();

		if (pid == 0) {
			_exit(0);
		}
		arrange(pid > 0); /* undecided where as many are running */
		assert_equals(waitpid(pid, NULL, 0), pid, "whom waitpid waited for");
	}
}

/* What fork answered, once more: where nothing may be promised beyond what there is, ENOMEM is another limit. */
static pid_t answer_of_fork(pid_t pid, int error)
{
	errno = error;
	return pid;
}

CLAIM(the_size_is_not, "fork-44",
      "A process that may have no more memory forks, and its child has all that it had")
{
	const int each[] = {RLIMIT_AS, RLIMIT_DATA};
	char *area = filled_pages(PAGES, MAP_PRIVATE, AT_FORK);
	char *copy = filled_pages(PAGES, MAP_PRIVATE, AT_FORK);

	for (size_t i = 0; i < 2; i++) {
		IN_CHILD {
			set_soft(each[i], page_size());

			pid_t pid = fork();
			int error = errno, status;

			if (pid == 0) {
				bool whole = memcmp(area, copy, PAGES * page_size()) == 0;

				store_each(area, PAGES, 'c');
				_exit(whole);
			}
			arrange(pid > 0 || error == ENOMEM); /* another limit is undecided */
			assert_accepted(answer_of_fork(pid, error));
			arrange(waitpid(pid, &status, 0) == pid && WIFEXITED(status));
			assert_equals(WEXITSTATUS(status), true, "whether the child had all of it");
			assert_pattern(area, PAGES * page_size(), AT_FORK, "the parent's memory");
		}
	}
}

CONTROL(a_mapping_is_refused_there, "fork-44",
	"The same process is refused a mapping of a single page")
{
	const int each[] = {RLIMIT_AS, RLIMIT_DATA};

	for (size_t i = 0; i < 2; i++) {
		IN_CHILD {
			set_soft(each[i], page_size());
			assert_refused(mmap(NULL, page_size(), PROT_READ | PROT_WRITE,
					    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
				       ENOMEM);
		}
	}
}
