/* SPDX-License-Identifier: MIT */
/*
 * The guardian: see arrange/guardian.h.
 *
 *     claim ---- socket: requests, answers ----> guardian ---- writes ----> the machine
 *           <--- pidfd: is it still there? -----
 *
 * The guardian is this very program, executed anew: a mere fork would share every page of
 * the claim copy-on-write, and so change what the claim observes. It is started by vfork(2), which
 * leaves even the page tables alone. The program recognises by a mark in the environment,
 * before main() runs, that it is to be a guardian.
 *
 * It outlives the claim: it is no child of it, but of init (forked twice), leads a session of its
 * own, ignores every signal that can be ignored, and keeps no descriptor of the claim's. It learns
 * of the claim's end from the end of the socket, and, since the claim's children hold that socket
 * too, from a pidfd of the claim's process. Both tell of a SIGKILL as of any other end.
 */
#include "arrange/guardian.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <touchstone/outcome.h>

#include "arrange/changes.h"

#define MARK    "TOUCHSTONE_GUARDIAN"
#define SIGHTED "1"
#define BLIND   "2" /* it has no pidfd of its owner */

enum { REQUESTS = 0, LIFE = 1 }; /* the guardian's descriptors; LIFE is a pidfd */

struct request {
	enum {
		SET,
		MAKE_GROUP,
		TRY_GROUP,
		MAKE_SWAP,
		MAKE_SWAP_AREA,
		EXPECT_NAME,
		EXPECT_SEGMENT
	} kind;
	size_t bytes; /* the group's limit, the swap's room */
	key_t key;    /* of the segment */
	char path[CHANGE_PATH], value[CHANGE_TEXT];
	struct swap_area area;
};

struct answer {
	int error;    /* 0, or a negative errno */
	bool lingers; /* all is undone, but something in nobody's way is still to be removed */
	struct memory_group group;
	struct swap_area area;
};

/* The guardian's side. */

/* Before Linux 5.3 there is no pidfd: then only the end of the socket tells, when all have left it. */
static bool without_pidfd(void)
{
	const char *mark = getenv(MARK);

	return mark && strcmp(mark, BLIND) == 0;
}

static bool owner_is_gone(void)
{
	struct pollfd life = {.fd = LIFE, .events = POLLIN};

	if (without_pidfd()) {
		life = (struct pollfd){.fd = REQUESTS}; /* POLLHUP comes unasked */
	}
	return poll(&life, 1, 0) > 0 && life.revents;
}

/* While a request is being served the claim sends none: whatever the socket tells is its end. */
static bool abandoned(void)
{
	struct pollfd requests = {.fd = REQUESTS, .events = POLLIN | POLLRDHUP};

	return owner_is_gone() || (poll(&requests, 1, 0) > 0 && requests.revents);
}

static void keep_no_descriptors(void)
{
#ifdef SYS_close_range
	if (syscall(SYS_close_range, 3U, ~0U, 0U) == 0) {
		return;
	}
#endif
	enum { MOST = 65536 }; /* the limit may be in the thousands of millions */
	long count = sysconf(_SC_OPEN_MAX);

	for (int fd = 3; fd < (count > 0 && count < MOST ? count : MOST); fd++) {
		close(fd);
	}
}

static void become_unkillable(void)
{
	static const char never[] = "-1000";
	unsigned char every_signal[(_NSIG + 6) / 8]; /* the kernel's set: 64 signals, 128 on mips */
	int fd;

	/* The C library keeps two signals to itself, which only a system call of our own reaches.
	 */
	memset(every_signal, 0xff, sizeof every_signal);
	syscall(SYS_rt_sigprocmask, SIG_BLOCK, every_signal, NULL, sizeof every_signal);
	for (int signal_number = 1; signal_number < _NSIG; signal_number++) {
		/* SIGCHLD ignored would take a child's status away from wait; by default it does
		 * nothing. */
		signal(signal_number, signal_number == SIGCHLD ? SIG_DFL : SIG_IGN);
	}
	/* Claims about memory pressure bring the OOM killer in. Refused to those without privilege.
	 */
	fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
	if (fd >= 0) {
		(void)!write(fd, never, sizeof never - 1);
		close(fd);
	}
	prctl(PR_SET_NAME, "guardian", 0, 0, 0);
}

static void serve(struct changes *changes, struct request *request, struct answer *answer)
{
	request->path[sizeof request->path - 1] = 0;
	request->value[sizeof request->value - 1] = 0;
	*answer = (struct answer){.error = -EINVAL};
	switch (request->kind) {
	case SET:
		answer->error = change_setting(changes, request->path, request->value);
		break;
	case MAKE_GROUP:
		answer->error = change_add_group(changes, request->bytes, &answer->group);
		break;
	case TRY_GROUP:
		answer->error = change_add_group(changes, request->bytes, &answer->group);
		answer->error = answer->error ? answer->error : change_undo(changes, 0);
		break;
	case MAKE_SWAP:
		answer->error = change_add_swap(changes, request->bytes);
		break;
	case MAKE_SWAP_AREA:
		answer->area = request->area;
		answer->error = change_add_swap_area(changes, &answer->area);
		break;
	case EXPECT_NAME:
		answer->error = change_expect_name(changes, request->path);
		break;
	case EXPECT_SEGMENT:
		answer->error = change_expect_segment(changes, request->key);
		break;
	}
}

/*
 * A claim's children are killed with it, but a little later, and might still make what is to be
 * removed: they hold the socket, so it ends with the last of them. One that lives on is not
 * waited for any longer.
 */
static void wait_for_makers(const struct changes *changes)
{
	enum { AT_MOST_MS = 1000 };
	struct pollfd makers = {.fd = REQUESTS}; /* POLLHUP comes unasked */

	if (change_awaits_makers(changes) && owner_is_gone()) {
		poll(&makers, 1, AT_MOST_MS);
	}
}

/*
 * What could not be undone while the claim lived, because it kept the thing in use, is tried once more
 * when it is gone.
 */
static void undo_what_was_in_use(struct changes *failed)
{
	enum { AT_MOST_MS = 60000 };
	struct pollfd life = {.fd = without_pidfd() ? REQUESTS : LIFE, .events = POLLIN};

	if (failed->count || failed->devices) {
		shutdown(REQUESTS, SHUT_RDWR); /* whoever waits for this end of it shall go on */
		poll(&life, 1, AT_MOST_MS);
	}
	while (failed->count) {
		(void)change_undo(failed, 0);
	}
	(void)change_clear_away(failed);
}

/* Answers twice: when others may have what was changed, and when nothing of it is left. */
static void put_back(struct changes *changes, pid_t owner)
{
	static struct changes failed;
	struct answer answer = {0};

	wait_for_makers(changes);
	while (changes->count) {
		struct change last = changes->change[changes->count - 1];
		int error = change_undo(changes, owner_is_gone() ? 0 : owner);

		if (error) {
			last.lock = -1;
			failed.change[failed.count++] = last;
		}
		answer.error = answer.error ? answer.error : error;
	}
	answer.lingers = changes->devices > 0;
	send(REQUESTS, &answer, sizeof answer, MSG_NOSIGNAL);
	answer.error = change_clear_away(changes);
	send(REQUESTS, &answer, sizeof answer, MSG_NOSIGNAL);
	failed.devices = changes->devices;
	memcpy(failed.device, changes->device, sizeof failed.device);
	undo_what_was_in_use(&failed);
}

static void guard(void)
{
	static struct changes changes;
	struct request request;
	struct answer answer;
	struct ucred owner = {0};
	socklen_t size = sizeof owner;

	changes.abandoned = abandoned;
	getsockopt(REQUESTS, SOL_SOCKET, SO_PEERCRED, &owner, &size); /* who made the socket pair */
	for (;;) {
		struct pollfd both[] = {{.fd = REQUESTS, .events = POLLIN},
					{.fd = without_pidfd() ? -1 : LIFE, .events = POLLIN}};

		if (poll(both, 2, -1) < 0) {
			continue;
		}
		if (both[1].revents) {
			break;
		}

		ssize_t length = recv(REQUESTS, &request, sizeof request, 0);

		if (length < 0 && errno == EINTR) {
			continue;
		}
		if (length != sizeof request) {
			break;
		}
		serve(&changes, &request, &answer);
		send(REQUESTS, &answer, sizeof answer, MSG_NOSIGNAL);
	}
	put_back(&changes, owner.pid);
}

/* Without the socket that start_guardian() made descriptor 0 of, somebody else has set the mark. */
static bool am_the_guardian(void)
{
	int type = 0;
	socklen_t size = sizeof type;

	return getenv(MARK) && getsockopt(REQUESTS, SOL_SOCKET, SO_TYPE, &type, &size) == 0 &&
	       type == SOCK_SEQPACKET;
}

__attribute__((constructor)) static void be_a_guardian_if_asked(void)
{
	if (!am_the_guardian()) {
		return;
	}
	setsid();
	/* The second fork: the claim waits for this process only, and init has the other. */
	if (fork() != 0) {
		_exit(0);
	}
	become_unkillable();
	keep_no_descriptors();
	if (chdir("/") == 0) { /* keep no mount busy */
		guard();
	}
	_exit(0);
}

/* The claim's side. */

static struct {
	int socket;
	pid_t owner; /* who started it; 0: nobody has */
} guardian;

/* In the child of a vfork: nothing but system calls. */
static void execute_guardian(int socket, int life, char *const environment[], const sigset_t *mask)
{
	char *const arguments[] = {"touchstone-guardian", NULL};
	int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);

	/* Its output must not be a pipe that somebody reads to the end, such as ctest's. */
	if (nowhere >= 0) {
		dup2(nowhere, STDERR_FILENO);
	} else {
		close(STDERR_FILENO);
	}
	if (dup2(socket, REQUESTS) == REQUESTS && dup2(life, LIFE) == LIFE) {
		sigprocmask(SIG_SETMASK, mask, NULL);
		execve("/proc/self/exe", arguments, environment);
	}
	_exit(127);
}

/* A descriptor that can be polled for this process's end, or one that tells nothing. */
static int own_life(bool *blind)
{
	int life = -1;

#ifdef SYS_pidfd_open
	life = (int)syscall(SYS_pidfd_open, getpid(), 0);
#endif
	*blind = life < 0;
	return *blind ? open("/dev/null", O_RDONLY | O_CLOEXEC) : life;
}

/* Away from the descriptors 0 to 2, which get a new meaning in the child. */
static int moved_up(int fd)
{
	int higher = fd < 0 ? -1 : fcntl(fd, F_DUPFD_CLOEXEC, 3);

	if (fd >= 0) {
		close(fd);
	}
	return higher;
}

static pid_t vfork_guardian(int socket, int life, bool blind)
{
	enum { VARIABLES = 500 };
	static char sees[] = MARK "=" SIGHTED, is_blind[] = MARK "=" BLIND;
	char *environment[VARIABLES + 2];
	size_t count = 0;
	sigset_t all, none, before;

	/* The rest of the environment may be needed to load the program (LD_LIBRARY_PATH). */
	environment[count++] = blind ? is_blind : sees;
	for (char **variable = environ; variable && *variable && count <= VARIABLES; variable++) {
		environment[count++] = *variable;
	}
	environment[count] = NULL;

	/* The child runs in this process's memory: no handler of ours may run there. */
	sigfillset(&all);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &all, &before);

	pid_t pid = vfork();

	if (pid == 0) {
		/* NOLINTNEXTLINE(clang-analyzer-unix.Vfork): nothing but system calls in it */
		execute_guardian(socket, life, environment, &none);
	}

	int error = errno;

	sigprocmask(SIG_SETMASK, &before, NULL);
	errno = error;
	return pid;
}

static int start_guardian(void)
{
	int ends[2];
	bool blind;

	if (guardian.owner) {
		return 0; /* this process's, or that of the process it was forked from */
	}
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
		return -errno;
	}

	int mine = moved_up(ends[0]), its = moved_up(ends[1]), life = moved_up(own_life(&blind));
	pid_t pid = mine < 0 || its < 0 || life < 0 ? -1 : vfork_guardian(its, life, blind);
	int error = pid < 0 ? errno : 0;

	if (its >= 0) {
		close(its);
	}
	if (life >= 0) {
		close(life);
	}
	if (error) {
		if (mine >= 0) {
			close(mine);
		}
		return -error;
	}
	while (waitpid(pid, NULL, 0) < 0 && errno == EINTR) {
	}
	guardian.socket = mine;
	guardian.owner = getpid();
	return 0;
}

/* The end of the socket before an answer means that no guardian is there. */
static int await_answer(struct answer *answer)
{
	for (;;) {
		ssize_t length = recv(guardian.socket, answer, sizeof *answer, 0);

		if (length == sizeof *answer) {
			return answer->error;
		}
		if (length >= 0 || errno != EINTR) {
			return length >= 0 ? -ESRCH : -errno;
		}
	}
}

static int ask(const struct request *request, struct answer *answer)
{
	int error = start_guardian();

	if (error) {
		return error;
	}
	if (send(guardian.socket, request, sizeof *request, MSG_NOSIGNAL) < 0) {
		return -errno;
	}
	return await_answer(answer);
}

static bool copy_text(char *to, size_t size, const char *from)
{
	size_t length = strnlen(from, size);

	memcpy(to, from, length);
	return length < size;
}

int guardian_change_setting(const char *path, const char *value)
{
	struct request request = {.kind = SET};
	struct answer answer;

	if (!copy_text(request.path, sizeof request.path, path) ||
	    !copy_text(request.value, sizeof request.value, value)) {
		return -E2BIG;
	}
	return ask(&request, &answer);
}

int guardian_make_group(size_t limit_bytes, struct memory_group *group)
{
	struct request request = {.kind = MAKE_GROUP, .bytes = limit_bytes};
	struct answer answer;
	int error = ask(&request, &answer);

	if (!error) {
		*group = answer.group;
	}
	return error;
}

int guardian_make_swap(size_t bytes)
{
	struct request request = {.kind = MAKE_SWAP, .bytes = bytes};
	struct answer answer;

	return ask(&request, &answer);
}

int guardian_make_swap_area(struct swap_area *area)
{
	struct request request = {.kind = MAKE_SWAP_AREA, .area = *area};
	struct answer answer;
	int error = ask(&request, &answer);

	if (!error) {
		*area = answer.area;
	}
	return error;
}

int guardian_expect_name(const char *name)
{
	struct request request = {.kind = EXPECT_NAME};
	struct answer answer;

	if (!copy_text(request.path, sizeof request.path, name)) {
		return -E2BIG;
	}
	return ask(&request, &answer);
}

int guardian_expect_segment(key_t key)
{
	struct request request = {.kind = EXPECT_SEGMENT, .key = key};
	struct answer answer;

	return ask(&request, &answer);
}

void (*guardian_when_undone)(void);

bool guardian_end(void)
{
	struct answer answer;
	ssize_t more;

	if (guardian.owner != getpid()) {
		return true;
	}
	/* Not close(): children may hold the socket, and its end is what the guardian waits for. */
	shutdown(guardian.socket, SHUT_WR);

	int error = await_answer(&answer);

	if (!error && answer.lingers && guardian_when_undone) {
		guardian_when_undone();
	}
	error = error ? error : await_answer(&answer);

	/* Its own end of the socket goes when it exits; then no process is left either. */
	do {
		more = recv(guardian.socket, &answer, sizeof answer, 0);
	} while (more > 0 || (more < 0 && errno == EINTR));
	close(guardian.socket);
	guardian.owner = 0;
	errno = -error;
	return error == 0;
}

void guardians_end(void)
{
	arrange(guardian_end() && "the machine was put back as it was");
}

bool guardian_proves_memory_group(void)
{
	enum { LIMIT = 64 << 20 };
	struct request request = {.kind = TRY_GROUP, .bytes = LIMIT};
	struct answer answer;
	bool already = guardian.owner != 0;
	bool proved = ask(&request, &answer) == 0;

	return (already || guardian_end()) && proved;
}

bool guardian_proves_setting(const char *path)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd >= 0) {
		close(fd);
	}
	return fd >= 0;
}
