/* SPDX-License-Identifier: MIT */
/*
 * Some locks belong to one process
 * ================================
 *
 * A lock that two processes hold at once protects nothing. So fork(2) does not hand on what a process
 * holds by itself: record locks on a file (fcntl F_SETLK) remain the parent's, and stop the child
 * like any stranger; so do the debts that SEM_UNDO has noted, which are paid when the debtor
 * ends. But a lock that belongs to an open file, which both have, is held by both (flock, F_OFD_SETLK).
 *
 *      fcntl F_SETLK      the parent's     the child is refused: EAGAIN
 *      F_OFD_SETLK        the open file's  the child holds it, too
 *      SEM_UNDO           the parent's     the child's end gives nothing back
 *
 * Look with: fcntl(2) F_GETLK, semctl(2) GETVAL.
 * Read on:   fork(2), fcntl(2) "Advisory record locking", semop(2) SEM_UNDO; document 002 "fork
 *            revisited".
 */
#include <fcntl.h>
#include <sched.h>
#include <sys/file.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("Some locks belong to one process");

enum { START = 10, LENGTH = 20 };

static struct flock region(short type, off_t start, off_t length)
{
	struct flock lock = {
		.l_type = type, .l_whence = SEEK_SET, .l_start = start, .l_len = length};

	return lock;
}

static int set_lock(int fd, int command, short type, off_t start, off_t length)
{
	struct flock lock = region(type, start, length);

	return fcntl(fd, command, &lock);
}

CLAIM(record_locks_stay_the_parents, "fork-34",
      "The child is refused the bytes that its parent has locked, and gets those on either side")
{
	int fd = memory_file(1, 1);

	arrange(set_lock(fd, F_SETLK, F_WRLCK, START, LENGTH) == 0);
	IN_CHILD {
		struct flock seen = region(F_WRLCK, 0, 0);

		assert_refused_either(set_lock(fd, F_SETLK, F_WRLCK, START, 1), EAGAIN, EACCES);
		assert_refused_either(set_lock(fd, F_SETLK, F_RDLCK, START + LENGTH - 1, 1), EAGAIN,
				      EACCES);
		assert_accepted(set_lock(fd, F_SETLK, F_WRLCK, 0, START));
		assert_accepted(set_lock(fd, F_SETLK, F_WRLCK, START + LENGTH, 1));
		assert_accepted(fcntl(fd, F_GETLK, &seen));
		assert_equals(seen.l_type, F_WRLCK, "the kind of lock in the way");
		assert_equals(seen.l_pid, parent_process(), "who holds it");
	}
	assert_accepted(set_lock(fd, F_SETLK, F_WRLCK, 0, 0)); /* the child's went with it */
}

CONTROL(an_open_files_lock_is_held_by_both, "fork-34",
	"A lock of the open file stops neither of the two, but whoever opens the file anew")
{
	int fd = memory_file(1, 1);

	if (set_lock(fd, F_OFD_SETLK, F_WRLCK, START, LENGTH) != 0) {
		undecided("needs locks of open files: a kernel that has F_OFD_SETLK");
	}

	int other = open_again(fd, O_RDWR);

	IN_CHILD {
		assert_accepted(set_lock(fd, F_OFD_SETLK, F_WRLCK, START, LENGTH));
		assert_refused_either(set_lock(other, F_OFD_SETLK, F_WRLCK, START, 1), EAGAIN,
				      EACCES);
	}
	assert_refused_either(set_lock(other, F_OFD_SETLK, F_WRLCK, START, 1), EAGAIN, EACCES);
}

/* A semaphore among others that nobody else has: it goes with its namespace, whoever is killed. */
static int semaphore(void)
{
	int id;

	if (unshare(CLONE_NEWIPC) != 0 && unshare(CLONE_NEWUSER | CLONE_NEWIPC) != 0) {
		undecided(
			"needs an IPC namespace of our own: run as root, or allow user namespaces");
	}
	id = semget(IPC_PRIVATE, 1, 0600);
	if (id < 0) {
		undecided("needs System V semaphores: a kernel with CONFIG_SYSVIPC");
	}
	return id;
}

static int take_and_note(int id)
{
	struct sembuf up = {.sem_op = 1, .sem_flg = SEM_UNDO};

	return semop(id, &up, 1);
}

CLAIM(debts_stay_the_debtors, "fork-33",
      "What a parent has noted with SEM_UNDO its child does not give back when it ends")
{
	IN_CHILD {
		int id = semaphore();

		arrange(take_and_note(id) == 0 && semctl(id, 0, GETVAL) == 1);
		for (int i = 0; i < 2; i++) {
			IN_CHILD {
			}
			assert_equals(semctl(id, 0, GETVAL), 1,
				      "the semaphore after a child's end");
		}
	}
}

CONTROL(the_debtors_end_pays_them, "fork-33",
	"What a child has noted itself is given back when it ends")
{
	IN_CHILD {
		int id = semaphore();

		IN_CHILD {
			arrange(take_and_note(id) == 0 && semctl(id, 0, GETVAL) == 1);
		}
		assert_equals(semctl(id, 0, GETVAL), 0, "the semaphore after the child's end");
	}
}
