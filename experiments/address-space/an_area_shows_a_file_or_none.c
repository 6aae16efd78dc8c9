/* SPDX-License-Identifier: MIT */
/*
 * An area shows the file behind it, or none
 * =========================================
 *
 * Document 002 begins with two kinds of objects that an area is mapped to: a file, or an
 * anonymous one, "created by the kernel, that contains all binary zeros". The memory map tells
 * them apart by the inode. That is nearly the whole truth.
 *
 *      mmap of                          inode          file on a disk
 *      a file                           its own        yes
 *      private anonymous memory         0              no
 *      shared anonymous memory          some other     no: the kernel keeps an unnamed file for it
 *      memfd_create                     its own        no
 *      [vdso]                           0              no: pages of the kernel's own
 *
 * So an inode does not say "on disk", shared anonymous memory is a file in all but name, and
 * code that the kernel lends to every process is a third kind.
 *
 * Look with: /proc/self/maps, fstat(2), smaps.
 * Read on:   proc(5), mmap(2), memfd_create(2), vdso(7); document 002 introduction.
 */
#include <sys/auxv.h>
#include <sys/stat.h>

#include <touchstone/experiment.h>

EXPERIMENT("An area shows the file behind it, or none");

enum { PAGES = 2, LONGEST = 4 };

static struct stat stat_of(int fd)
{
	struct stat file;

	arrange(fstat(fd, &file) == 0);
	return file;
}

CLAIM(private_anonymous_memory_has_no_inode, "vma-07",
      "The area of private anonymous memory has inode 0, device 0 and no name, touched or not",
      .needs = AREA_LIST)
{
	char *area = fresh_pages(PAGES, MAP_PRIVATE);

	for (int touched = 0; touched < 2; touched++) {
		struct area seen = observe_area(area);

		arrange(seen.exists);
		assert_equals(seen.inode, 0, "inode");
		assert_equals(seen.device_major, 0, "major number of the device");
		assert_equals(seen.device_minor, 0, "minor number of the device");
		ck_assert_str_eq(seen.name, "");
		store_each(area, PAGES, 't');
	}
}

CLAIM(a_mapped_file_shows_its_inode, "vma-07",
      "Areas of a file show its inode, shared or private, and two files show two of them",
      .needs = AREA_LIST)
{
	int files[] = {memory_file(PAGES, 1), memory_file(PAGES, 2)};
	ino_t inodes[] = {stat_of(files[0]).st_ino, stat_of(files[1]).st_ino};

	arrange(inodes[0] != inodes[1]);
	for (size_t i = 0; i < 2; i++) {
		for (int sharing = MAP_SHARED; sharing <= MAP_PRIVATE; sharing++) {
			char *area = fresh_mapping(PAGES, sharing, files[i]);

			store(area, 't');
			assert_equals(observe_area(area).inode, inodes[i], "inode");
		}
	}
	assert_differs(observe_area(fresh_mapping(PAGES, MAP_SHARED, scratch_file(PAGES, 1))).inode,
		       0, "inode of a scratch file");
}

CLAIM(shared_anonymous_memory_is_an_unnamed_file, "vma-07",
      "Shared anonymous memory shows an inode too, each mapping another, and no link leads to it",
      .needs = AREA_LIST)
{
	struct area first = observe_area(fresh_pages(PAGES, MAP_SHARED));
	struct area second = observe_area(fresh_pages(PAGES, MAP_SHARED));

	assert_differs(first.inode, 0, "inode of shared anonymous memory");
	assert_differs(second.inode, 0, "inode of another one");
	assert_differs(second.inode, first.inode, "the same");
	assert_equals(stat_of(memory_file(PAGES, 1)).st_nlink, 0, "links to a file in memory");
}

CLAIM(the_kernels_own_pages_are_a_third_kind, "vma-07",
      "The area [vdso] has no inode, and yet it is not anonymous: none of its bytes is",
      .needs = AREA_LIST | AREA_USAGE)
{
	const char *code = (const char *)getauxval(AT_SYSINFO_EHDR);

	struct area seen = observe_area(code);

	if (!code || strcmp(seen.name, "[vdso]") != 0) {
		undecided("needs a vDSO: a kernel that lends code to its processes");
	}

	size_t length = (size_t)(seen.end - seen.start);

	for (size_t i = 0; i < length; i += page_size()) {
		load(code + i);
	}
	assert_equals(seen.inode, 0, "inode");
	assert_equals(observe_usage("[vdso]", code, length).anonymous, 0, "anonymous bytes");
	assert_same_bytes(code, "\177ELF", LONGEST, "how it begins, as a program does");
}

CONTROL(the_same_place_shows_what_is_mapped_there, "vma-07",
	"One and the same place shows an inode, another one, or none, as it is mapped anew",
	.needs = AREA_LIST | AREA_USAGE)
{
	int fd = memory_file(PAGES, 1);
	char *area = fresh_mapping(PAGES, MAP_PRIVATE, fd);

	assert_equals(observe_area(area).inode, stat_of(fd).st_ino, "inode");
	store_each(area, PAGES, 't');
	assert_equals(observe_usage("written", area, PAGES * page_size()).anonymous,
		      PAGES * page_size(), "anonymous bytes of a private file, when written");
	for (int sharing = MAP_SHARED; sharing <= MAP_PRIVATE; sharing++) {
		arrange(mmap(area, PAGES * page_size(), PROT_READ | PROT_WRITE,
			     sharing | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == area);
		assert_differs(observe_area(area).inode, stat_of(fd).st_ino, "inode");
		assert_equals(observe_area(area).inode == 0, sharing == MAP_PRIVATE,
			      "whether there is none");
	}
}
