/* SPDX-License-Identifier: MIT */
/* Whether DAMON is at work, for damon.h. */
#include "instruments/damon.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "instruments/text_file.h"

static bool a_thread_has_its_name(void)
{
	DIR *processes = opendir("/proc");
	struct dirent *entry;
	bool found = false;

	while (processes && !found && (entry = readdir(processes))) {
		char path[sizeof entry->d_name + 16], name[20];

		snprintf(path, sizeof path, "/proc/%s/comm", entry->d_name);
		text_of_file(path, name, sizeof name);
		found = strncmp(name, "kdamond.", strlen("kdamond.")) == 0;
	}
	if (processes) {
		closedir(processes);
	}
	return found;
}

bool damon_is_at_work(void)
{
	char state[8];

	text_of_file("/sys/kernel/mm/damon/admin/kdamonds/0/state", state, sizeof state);
	return strncmp(state, "on", 2) == 0 || a_thread_has_its_name();
}
