/* SPDX-License-Identifier: MIT */
/* Our own memory cgroup, for memory_home.h. */
#include "instruments/memory_home.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "instruments/areas.h"
#include "instruments/text_file.h"

enum { LINE = 4096 }; /* a longer one is of no cgroup */

/* mountinfo writes a space in a path as \040. */
static void decode_octal(char *text)
{
	char *to = text;

	for (char *from = text; *from; to++) {
		if (from[0] == '\\' && from[1] && from[2] && from[3]) {
			char digits[] = {from[1], from[2], from[3], 0};

			*to = (char)strtol(digits, NULL, 8);
			from += 4;
		} else {
			*to = *from++;
		}
	}
	*to = 0;
}

static bool join(char path[MEMORY_HOME_PATH], const char *folder, const char *name)
{
	int length = snprintf(path, MEMORY_HOME_PATH, "%s/%s", folder, name);

	return length >= 0 && length < MEMORY_HOME_PATH;
}

static bool copy_line(char copy[LINE], const char *line, size_t length)
{
	if (length >= LINE) {
		return false;
	}
	memcpy(copy, line, length);
	copy[length] = 0;
	return true;
}

struct own_path {
	int version;
	char path[MEMORY_HOME_PATH];
};

/* A line of /proc/self/cgroup: "4:memory:/path", or "0::/path" for version 2. */
static bool take_own_path(const char *text, size_t length, void *context)
{
	struct own_path *own = context;
	char line[LINE];
	char *controllers = copy_line(line, text, length) ? strchr(line, ':') : NULL;
	char *place = controllers ? strchr(controllers + 1, ':') : NULL;

	if (!place) {
		return true;
	}
	*controllers++ = 0;
	*place++ = 0;
	if (own->version == 1 ? text_has_word(controllers, "memory", ",")
			      : strcmp(line, "0") == 0 && !*controllers) {
		snprintf(own->path, sizeof own->path, "%s", place);
	}
	return true;
}

/* The mount may show only a part of the hierarchy (its root), as containers do. */
static void find_folder(struct memory_home *home, const char *root)
{
	struct own_path own = {.version = home->version};
	size_t length = strcmp(root, "/") == 0 ? 0 : strlen(root);

	(void)areas_each_line_of(0, "cgroup", take_own_path, &own);
	if (strncmp(own.path, root, length) == 0 && own.path[length] == '/' &&
	    own.path[length + 1] && !strstr(own.path, "/..") &&
	    join(home->folder, home->mount, own.path + length + 1) &&
	    access(home->folder, F_OK) == 0) {
		return;
	}
	memcpy(home->folder, home->mount, sizeof home->folder);
}

/* One line of mountinfo: "31 23 0:28 ROOT MOUNT options ... - TYPE source options". */
static bool is_hierarchy(char *line, struct memory_home *home)
{
	char *end = strstr(line, " - "), *rest = NULL;

	if (!end) {
		return false;
	}
	*end = 0;

	char *type = strtok_r(end + 3, " ", &rest);

	strtok_r(NULL, " ", &rest);

	char *options = strtok_r(NULL, " ", &rest);

	if (type && strcmp(type, "cgroup2") == 0) {
		home->version = 2;
	} else if (type && options && strcmp(type, "cgroup") == 0 &&
		   text_has_word(options, "memory", ",")) {
		home->version = 1;
	} else {
		return false;
	}

	char *root = strtok_r(line, " ", &rest);

	for (int i = 0; i < 3 && root; i++) {
		root = strtok_r(NULL, " ", &rest);
	}

	char *mount = root ? strtok_r(NULL, " ", &rest) : NULL;

	if (!mount) {
		return false;
	}
	decode_octal(root);
	decode_octal(mount);
	if (strlen(mount) >= sizeof home->mount) {
		return false;
	}
	snprintf(home->mount, sizeof home->mount, "%s", mount);
	find_folder(home, root);
	return true;
}

struct visitor {
	bool (*visit)(const struct memory_home *home, void *context);
	void *context;
};

static bool show_hierarchy(const char *text, size_t length, void *context)
{
	struct visitor *visitor = context;
	struct memory_home home;
	char line[LINE];

	return !copy_line(line, text, length) || !is_hierarchy(line, &home) ||
	       visitor->visit(&home, visitor->context);
}

int memory_home_each(bool (*visit)(const struct memory_home *home, void *context), void *context)
{
	return areas_each_line_of(0, "mountinfo", show_hierarchy,
				  &(struct visitor){visit, context});
}

static bool take_kills(const struct memory_home *home, void *context)
{
	const char *file = home->version == 1 ? "memory.oom_control" : "memory.events.local";
	char path[MEMORY_HOME_PATH], text[LINE] = "";
	long long *kills = context;

	if (join(path, home->folder, file)) {
		text_of_file(path, text, sizeof text);
	}
	*kills = text_number_of(text, "oom_kill");
	return *kills < 0;
}

long long memory_home_kills(void)
{
	long long kills = -1;

	(void)memory_home_each(take_kills, &kills);
	return kills;
}
