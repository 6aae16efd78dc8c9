/* SPDX-License-Identifier: MIT */
/* Global state for the length of one claim: touchstone/machine.h. The guardian does the work. */
#include <touchstone/machine.h>

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include <touchstone/outcome.h>

#include "arrange/allowed.h"
#include "arrange/guardian.h"
#include "instruments/arena.h"
#include "instruments/text_file.h"

enum { SETTING = 32 }; /* longer than any number */

bool guard_setting(const char *path, const char *value)
{
	int error = guardian_change_setting(path, value);

	errno = -error;
	return error == 0;
}

char setting_letter(const char *path)
{
	char text[SETTING];

	text_of_file(path, text, sizeof text);
	return text[0];
}

long long setting_number(const char *path)
{
	char text[SETTING], *end;

	text_of_file(path, text, sizeof text);

	long long number = strtoll(text, &end, 10);

	return end == text ? -1 : number;
}

bool proc_is_foreign(void)
{
	char number[SETTING] = "";

	return readlink("/proc/self", number, sizeof number - 1) > 0 && atoi(number) != getpid();
}

void guard_overcommit(int mode)
{
	static const char path[] = "/proc/sys/vm/overcommit_memory";
	char now[SETTING], wanted[16];

	text_of_file(path, now, sizeof now);
	if (now[0] == 0) {
		undecided("needs %s: mount /proc", path);
	}
	now[strcspn(now, "\n")] = 0;
	snprintf(wanted, sizeof wanted, "%d", mode);
	if (strcmp(now, wanted) == 0) {
		evidence("overcommit_memory", "%s, as it was", now);
		return;
	}
	if (!is_allowed("overcommit")) {
		undecided("needs mode %s of vm.overcommit_memory, which is %s: add "
			  "--allow=overcommit as "
			  "root, on a machine where others can bear it",
			  wanted, now);
	}
	if (!guard_setting(path, wanted)) {
		undecided("needs leave to change %s: run as root (%s)", path, strerror(errno));
	}
	evidence("overcommit_memory", "%s, and %s again afterwards", wanted, now);
}

/* A number that no other process has, this one's own children included. */
static unsigned long long unlikely_number(void)
{
	static unsigned turn;
	unsigned long long number;

	if (getrandom(&number, sizeof number, GRND_NONBLOCK) != sizeof number) {
		number = (unsigned long long)getpid() << 20 | turn++;
	}
	return number;
}

static void no_guardian(int error)
{
	undecided("needs a guardian: a process that removes shared memory after a kill could not "
		  "be started, or may not (%s); it starts from /proc/self/exe",
		  strerror(-error));
}

const char *guard_shared_name(void)
{
	enum { LENGTH = 64 };
	char *name = arena_take(LENGTH);
	int error;

	arrange(name != NULL);
	do {
		snprintf(name, LENGTH, "/touchstone-%ld-%016llx", (long)getpid(),
			 unlikely_number());
		error = guardian_expect_name(name);
	} while (error == -EEXIST);
	if (error) {
		no_guardian(error);
	}
	return name;
}

key_t guard_segment_key(void)
{
	key_t key;
	int error;

	do {
		key = (key_t)(unlikely_number() & INT_MAX);
		error = key == 0 ? -EEXIST : guardian_expect_segment(key); /* 0 is IPC_PRIVATE */
	} while (error == -EEXIST);
	if (error) {
		no_guardian(error);
	}
	return key;
}
