/* SPDX-License-Identifier: MIT */
/*
 * What is written privately stays out of the file
 * ===============================================
 *
 * Changes to a private object, says document 002, are seen by no other process and are "not
 * reflected back to the object on disk". That is one direction, and a promise: no other mapping,
 * shared or private, no read(2), no msync(2), no end of the writer ever brings the bytes out.
 *
 * The other direction is often taken for granted and is not so on Linux: a private mapping is no
 * snapshot. A page that was not yet written is still the file's page, and shows what others
 * write to the file later. Only the first write to a page cuts it off, both ways.
 *
 *                              file changes       mapping changes
 *                              seen in mapping    seen in file
 *      MAP_SHARED              yes                yes
 *      MAP_PRIVATE, unwritten  yes                -
 *      MAP_PRIVATE, written    no                 no
 *
 * POSIX leaves the first private line unspecified; Linux has always answered yes.
 *
 * Look with: nothing but eyes: loads, and read(2) on the file.
 * Read on:   mmap(2) MAP_PRIVATE, msync(2); document 002 "Shared Objects Revisited".
 */
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/experiment.h>

EXPERIMENT("What is written privately stays out of the file");

enum { PAGES = 4, WRITTEN = 1, IN_FILE = 1, PRIVATELY = 2, LATER = 3 };

static char *mapped(int fd, int sharing)
{
	char *area = mmap(NULL, PAGES * page_size(), PROT_READ | PROT_WRITE, sharing, fd, 0);

	arrange(area != MAP_FAILED);
	return area;
}

/* The file holds the pattern: for read(2), for a new mapping, and for one that stands. */
static void assert_file_holds(int fd, const char *standing, unsigned seed)
{
	char *read = mmap(NULL, PAGES * page_size(), PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	arrange(read != MAP_FAILED);
	read_at(fd, read, PAGES * page_size(), 0);
	assert_pattern(read, PAGES * page_size(), seed, "what read(2) finds in the file");
	assert_pattern(mapped(fd, MAP_SHARED), PAGES * page_size(), seed, "a new shared view");
	assert_pattern(mapped(fd, MAP_PRIVATE), PAGES * page_size(), seed, "a new private view");
	assert_pattern(standing, PAGES * page_size(), seed, "the view that stood before");
}

static void overwrite_file(int fd, unsigned seed)
{
	char *bytes = mmap(NULL, PAGES * page_size(), PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	arrange(bytes != MAP_FAILED);
	write_pattern(bytes, PAGES * page_size(), seed);
	write_at(fd, bytes, PAGES * page_size(), 0);
}

CLAIM(nobody_sees_private_writes, "cow-05",
      "No byte of a private write reaches the file or another mapping, while the writer lives")
{
	int fd = scratch_file(PAGES, IN_FILE);
	char *standing = mapped(fd, MAP_PRIVATE);
	struct child writer;

	START_CHILD(writer) {
		char *own = mapped(fd, MAP_PRIVATE);

		write_pattern(own, PAGES * page_size(), PRIVATELY);
		hand_over();
		assert_pattern(own, PAGES * page_size(), PRIVATELY, "what the writer reads");
	}
	assert_file_holds(fd, standing, IN_FILE);
	end_child(&writer);
}

CLAIM(no_flush_and_no_end_brings_them_out, "cow-05",
      "Nor do they reach it by msync(2), fsync(2), munmap(2) or the writer's end")
{
	int fd = scratch_file(PAGES, IN_FILE);
	char *standing = mapped(fd, MAP_SHARED);

	IN_CHILD {
		char *own = mapped(fd, MAP_PRIVATE), *other = mapped(fd, MAP_PRIVATE);

		write_pattern(own, PAGES * page_size(), PRIVATELY);
		write_pattern(other, PAGES * page_size(), PRIVATELY);
		assert_accepted(msync(own, PAGES * page_size(), MS_SYNC));
		assert_accepted(fsync(fd));
		assert_file_holds(fd, standing, IN_FILE);
		assert_accepted(munmap(other, PAGES * page_size()));
		assert_file_holds(fd, standing, IN_FILE);
	}
	assert_file_holds(fd, standing, IN_FILE);
}

CLAIM(a_private_mapping_is_no_snapshot, "cow-10",
      "Pages of a private mapping that were only read show what is written to the file later")
{
	int fd = scratch_file(PAGES, IN_FILE);
	char *area = mapped(fd, MAP_PRIVATE);

	assert_pattern(area, PAGES * page_size(), IN_FILE, "the mapping at first");
	overwrite_file(fd, LATER);
	assert_pattern(area, PAGES * page_size(), LATER, "the mapping after write(2)");
	write_pattern(mapped(fd, MAP_SHARED), PAGES * page_size(), IN_FILE);
	assert_pattern(area, PAGES * page_size(), IN_FILE, "after a write through a shared view");
}

/* How much a write takes along is the kernel's to choose; where pagemap shows pages, it is one. */
CLAIM(the_pages_beside_a_written_one_follow_the_file, "cow-10",
      "A write cuts off one page: those before and behind it still show later changes of the file",
      .needs = PAGE_STATES)
{
	int fd = scratch_file(PAGES, IN_FILE);
	char *area = mapped(fd, MAP_PRIVATE), *now = mapped(fd, MAP_SHARED);

	assert_pattern(area, PAGES * page_size(), IN_FILE, "the mapping at first");
	store(page(area, WRITTEN), 'w');
	overwrite_file(fd, LATER);
	assert_pattern(area, page_size(), LATER, "the page before it");
	assert_same_bytes(page(area, WRITTEN + 1), page(now, WRITTEN + 1),
			  (PAGES - WRITTEN - 1) * page_size(), "the pages behind it");
	assert_equals(count_of_file(observe_pages("mapping", area, PAGES)), PAGES - 1,
		      "file pages in the mapping");
}

CONTROL(a_written_page_is_cut_off, "cow-10",
	"A page that was written, by a single byte, keeps its content when the file changes")
{
	int fd = scratch_file(PAGES, IN_FILE);
	char *area = mapped(fd, MAP_PRIVATE);
	char *old = page(mapped(fd, MAP_PRIVATE), WRITTEN), *now = mapped(fd, MAP_SHARED);

	store(page(area, WRITTEN), 'w');
	store(old, load(old)); /* the same byte: a write for all that */
	overwrite_file(fd, LATER);
	assert_pattern(now, PAGES * page_size(), LATER, "the file");
	assert_byte(page(area, WRITTEN), 'w', "the byte that was written");
	assert_same_bytes(page(area, WRITTEN) + 1, old + 1, page_size() - 1,
			  "the rest of its page");

	unsigned char bytes[64 * 1024];

	arrange(page_size() <= sizeof bytes);
	pattern_bytes(bytes, page_size(), IN_FILE, WRITTEN * page_size());
	assert_same_bytes(old, bytes, page_size(), "the page written with its own byte");
}

CONTROL(shared_writes_do_reach_the_file, "cow-05",
	"The same writes through MAP_SHARED are seen by read(2) and by every mapping")
{
	int fd = scratch_file(PAGES, IN_FILE);
	char *standing = mapped(fd, MAP_PRIVATE);

	IN_CHILD {
		write_pattern(mapped(fd, MAP_SHARED), PAGES * page_size(), PRIVATELY);
	}
	assert_file_holds(fd, standing, PRIVATELY);
}
