/* SPDX-License-Identifier: MIT */
/* Probes: what this process's own memory can do, and what can be seen of it. */
#include "run/probes.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/areas.h>
#include <touchstone/machine.h>
#include <touchstone/memory.h>
#include <touchstone/traps.h>

#include "instruments/pagemap.h"

/* Linux 5.11; older headers do not name it. */
#ifndef UFFD_USER_MODE_ONLY
#define UFFD_USER_MODE_ONLY 1
#endif

bool probe_frame_identity(void)
{
	return pagemap_proves_exclusive() || pagemap_proves_numbers();
}

/* A page that holds a function which only returns, with the given protection; NULL if refused. */
static void *function_page(int protection)
{
	void *code = mmap(NULL, page_size(), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
			  -1, 0);

	if (code == MAP_FAILED) {
		return NULL;
	}

	size_t length = copy_return_function(code);

	__builtin___clear_cache((char *)code, (char *)code + length);
	if (length == 0 || mprotect(code, page_size(), protection) != 0) {
		munmap(code, page_size());
		return NULL;
	}
	return code;
}

bool probe_executable_memory(void)
{
	void *code = function_page(PROT_READ | PROT_EXEC);
	bool runs = code && try_call(code).signal == 0;

	if (code) {
		munmap(code, page_size());
	}
	return runs;
}

bool probe_no_execute(void)
{
	void *data = function_page(PROT_READ | PROT_WRITE);
	bool refused = data && try_call(data).signal != 0;

	if (data) {
		munmap(data, page_size());
	}
	return refused;
}

static char *touched_page(void)
{
	char *page = mmap(NULL, page_size(), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
			  -1, 0);

	if (page != MAP_FAILED) {
		store(page, 'x');
	}
	return page == MAP_FAILED ? NULL : page;
}

static bool write_word(const char *path, const char *word)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	bool written = fd >= 0 && write(fd, word, strlen(word)) == (ssize_t)strlen(word);

	if (fd >= 0) {
		close(fd);
	}
	return written;
}

/*
 * A userfaultfd that answers with SIGBUS instead of an event needs no second thread to be seen at
 * work: the access has to be refused while the page is registered.
 */
static bool faults_are_told(uint64_t features, uint64_t mode, enum access access)
{
	long fd = syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK | UFFD_USER_MODE_ONLY);
	struct uffdio_api api = {.api = UFFD_API, .features = UFFD_FEATURE_SIGBUS | features};
	char *page = mode == UFFDIO_REGISTER_MODE_WP
			     ? touched_page()
			     : mmap(NULL, page_size(), PROT_READ | PROT_WRITE,
				    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct uffdio_register range = {{(uintptr_t)page, page_size()}, mode, 0};
	struct uffdio_writeprotect protect = {range.range, UFFDIO_WRITEPROTECT_MODE_WP};
	bool told = false;

	if (fd >= 0 && page && page != MAP_FAILED && ioctl((int)fd, UFFDIO_API, &api) == 0 &&
	    ioctl((int)fd, UFFDIO_REGISTER, &range) == 0 &&
	    (mode != UFFDIO_REGISTER_MODE_WP ||
	     ioctl((int)fd, UFFDIO_WRITEPROTECT, &protect) == 0)) {
		told = (access == LOAD ? try_load(page) : try_store(page, 'y')).signal == SIGBUS;
	}
	if (fd >= 0) {
		close((int)fd);
	}
	if (page && page != MAP_FAILED) {
		munmap(page, page_size());
	}
	return told;
}

bool probe_userfaultfd(void)
{
	return faults_are_told(0, UFFDIO_REGISTER_MODE_MISSING, LOAD);
}

bool probe_write_protect_events(void)
{
	return faults_are_told(UFFD_FEATURE_PAGEFAULT_FLAG_WP, UFFDIO_REGISTER_MODE_WP, STORE);
}

bool probe_protection_keys(void)
{
#ifdef SYS_pkey_alloc
	long key = syscall(SYS_pkey_alloc, 0, 0);

	return key >= 0 && syscall(SYS_pkey_free, key) == 0;
#else
	return false;
#endif
}

/* Room for some segments within the machine's limits on them (shmctl(2)), besides those that there are. */
static bool segments_have_room(void)
{
	enum { SEGMENTS = 16, PAGES = 64 };
	struct shminfo most;
	struct shm_info now;

	/* Both tell it where a struct shmid_ds is expected. */
	if (shmctl(0, IPC_INFO, (struct shmid_ds *)&most) < 0 ||
	    shmctl(0, SHM_INFO, (struct shmid_ds *)&now) < 0) {
		return true; /* not told: then each claim shows it */
	}
	return most.shmmax >= PAGES * page_size() &&
	       most.shmall >= now.shm_tot + SEGMENTS * (unsigned long)PAGES &&
	       most.shmmni >= (unsigned long)now.used_ids + SEGMENTS;
}

/* Where kernel.shm_rmid_forced is 1, a segment that nobody is attached to is gone. */
static bool segments_are_removed_by_themselves(void)
{
	return setting_letter("/proc/sys/kernel/shm_rmid_forced") == '1';
}

/* A segment of no bytes is refused as such where segments are to be had; so none has to be made. */
bool probe_sysv_memory(void)
{
	return shmget(IPC_PRIVATE, 0, 0600) < 0 && errno == EINVAL && segments_have_room() &&
	       !segments_are_removed_by_themselves();
}

/* shm_open(3) makes its objects in /dev/shm; an unnamed file there proves it without a name. */
bool probe_posix_memory(void)
{
	int fd = open("/dev/shm", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	bool has_room;

	if (fd < 0) {
		return errno == EOPNOTSUPP && access("/dev/shm", W_OK | X_OK) == 0;
	}
	/* Where the kernel has no tmpfs (CONFIG_SHMEM) it is a ramfs, which sets no room aside. */
	has_room = write(fd, "x", 1) == 1 && fallocate(fd, 0, 0, 2) == 0;
	close(fd);
	return has_room;
}

bool probe_advice(void)
{
	return madvise(NULL, 0, MADV_NORMAL) == 0 || errno != ENOSYS;
}

bool probe_lockable_memory(void)
{
	size_t length = 16 * page_size();
	char *area = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	bool locked = area != MAP_FAILED && mlock(area, length) == 0;

	if (area != MAP_FAILED) {
		munmap(area, length);
	}
	return locked;
}

/* Documentation/admin-guide/mm/soft-dirty.rst */
bool probe_soft_dirty(void)
{
	char *page = touched_page();
	uint64_t cleared = 0, stored = 0;
	bool read = page && write_word("/proc/self/clear_refs", "4") &&
		    pagemap_read(0, page, 1, &cleared) == 0;

	if (read) {
		store(page, 'z');
		read = pagemap_read(0, page, 1, &stored) == 0;
	}
	if (page) {
		munmap(page, page_size());
	}
	return read && !(cleared & PAGEMAP_SOFT_DIRTY) && stored & PAGEMAP_SOFT_DIRTY;
}

/* proc(5) "clear_refs": 1 resets what tells which pages were referenced. */
bool probe_referenced_bits(void)
{
	char *page = touched_page();
	struct usage usage = {0};
	bool asked = page &&
		     observe_usage("a page of the probe", page, page_size()).referenced > 0 &&
		     write_word("/proc/self/clear_refs", "1");

	if (asked) {
		usage = observe_usage("a page of the probe", page, page_size());
	}
	if (page) {
		munmap(page, page_size());
	}
	return asked && usage.referenced == 0;
}

/* The argument of the ioctl PAGEMAP_SCAN (Linux 6.7), which older headers lack. */
struct page_scan {
	uint64_t size, flags, start, end, walk_end, regions, region_count, max_pages;
	uint64_t inverted, wanted, wanted_any, told;
};
struct page_region {
	uint64_t start, end, categories;
};

bool probe_page_scan(void)
{
	enum { PRESENT = 1 << 3 };
	char *page = touched_page();
	int fd = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
	struct page_region region = {0};
	struct page_scan scan = {.size = sizeof scan,
				 .start = (uintptr_t)page,
				 .end = (uintptr_t)page + page_size(),
				 .regions = (uintptr_t)&region,
				 .region_count = 1,
				 .wanted = PRESENT,
				 .told = PRESENT};
	bool found = page && fd >= 0 && ioctl(fd, _IOWR('f', 16, struct page_scan), &scan) == 1 &&
		     region.start == (uintptr_t)page;

	if (fd >= 0) {
		close(fd);
	}
	if (page) {
		munmap(page, page_size());
	}
	return found;
}
