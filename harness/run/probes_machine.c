/* SPDX-License-Identifier: MIT */
/* Probes: what the machine and its settings offer. */
#include "run/probes.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/resource.h>
#include <unistd.h>

#include <touchstone/faults.h>
#include <touchstone/files.h>
#include <touchstone/machine.h>
#include <touchstone/memory.h>

#include "arrange/files.h"
#include "arrange/guardian.h"
#include "instruments/text_file.h"

/* The file says "always [madvise] never"; whether a page really comes is for the claim to see. */
bool probe_huge_pages(void)
{
	static const char folder[] = "/sys/kernel/mm/transparent_hugepage";
	char path[sizeof folder + 60], text[64];

	snprintf(path, sizeof path, "%s/enabled", folder);
	if (!text_of_file(path, text, sizeof text)) {
		return false;
	}

	bool by_all = !strstr(text, "[never]");

	/* Since Linux 6.8 each size has a word of its own, which may be to obey the one for all. */
	snprintf(path, sizeof path, "%s/hpage_pmd_size", folder);
	if (text_of_file(path, text, sizeof text)) {
		snprintf(path, sizeof path, "%s/hugepages-%lukB/enabled", folder,
			 strtoul(text, NULL, 10) / 1024);
		if (text_of_file(path, text, sizeof text) && !strstr(text, "[inherit]")) {
			return !strstr(text, "[never]");
		}
	}
	return by_all;
}

bool probe_huge_page_pool(void)
{
	return guardian_proves_setting("/proc/sys/vm/nr_hugepages");
}

static bool a_load_waits_for_the_disk(int fd)
{
	unsigned char *file;
	struct faults spent;

	if (!cool_down(fd, 2)) {
		return false;
	}
	file = mmap(NULL, page_size(), PROT_READ, MAP_SHARED, fd, 0);
	if (file == MAP_FAILED) {
		return false;
	}
	madvise(file, page_size(), MADV_RANDOM);
	spent = faults_of(load(file));
	munmap(file, page_size());
	return spent.major == 1;
}

/* Tried again, for on a busy machine a page stays in the cache now and then, or comes back by itself. */
bool probe_disk(void)
{
	enum { ATTEMPTS = 5 };
	int fd = files_try_disk_file(2);
	bool waits = false;

	for (int attempt = 0; fd >= 0 && !waits && attempt < ATTEMPTS; attempt++) {
		waits = a_load_waits_for_the_disk(fd);
	}
	if (fd >= 0) {
		close(fd);
	}
	return waits;
}

bool probe_two_processors(void)
{
	cpu_set_t allowed;

	return sched_getaffinity(0, sizeof allowed, &allowed) == 0 && CPU_COUNT(&allowed) >= 2;
}

static bool is_unlimited(int resource)
{
	struct rlimit limit;

	return getrlimit(resource, &limit) == 0 && limit.rlim_cur == RLIM_INFINITY;
}

/* A kernel that does not count what it has promised cannot refuse a promise. */
bool probe_heuristic_overcommit(void)
{
	char counted[4000];

	return setting_letter("/proc/sys/vm/overcommit_memory") == '0' &&
	       text_of_file("/proc/meminfo", counted, sizeof counted) &&
	       strstr(counted, "Committed_AS:") && sizeof(void *) == 8 && is_unlimited(RLIMIT_AS) &&
	       is_unlimited(RLIMIT_DATA);
}

/* 0xffffffff asks for the personality, and changes nothing. */
bool probe_random_layout(void)
{
	int now = personality(0xffffffff);

	return setting_letter("/proc/sys/kernel/randomize_va_space") == '2' && now >= 0 &&
	       !(now & ADDR_NO_RANDOMIZE);
}

bool probe_kernel_same_page(void)
{
	return guardian_proves_setting("/sys/kernel/mm/ksm/run");
}
