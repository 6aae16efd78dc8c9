/* SPDX-License-Identifier: MIT */
/*
 * A segment obeys its mode
 * ========================
 *
 * A segment has an owner and nine permission bits like a file, although there is nothing to open:
 * they are looked at when it is attached. SHM_RDONLY needs only the leave to read; what is attached so
 * cannot be stored to, nor be made writable later. The owner is bound by the bits like everybody
 * else, unless he has the capability to pass over them, and may change them (IPC_SET).
 *
 *      mode          shmat(id, 0, 0)      shmat(id, 0, SHM_RDONLY)
 *      rw-           reads and stores     reads; a store is SIGSEGV
 *      r--           EACCES               reads
 *      ---           EACCES               EACCES
 *
 * Look with: errno, stores that may trap, IPC_STAT of shmctl(2).
 * Read on:   shmop(2), shmctl(2) IPC_SET, capabilities(7) CAP_IPC_OWNER; document 004 section 1.
 */
#include <errno.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <unistd.h>

#include <touchstone/experiment.h>
#include <touchstone/sysv.h>

EXPERIMENT("A segment obeys its mode");

enum { PAGES = 2 };

static size_t length(void)
{
	return PAGES * page_size();
}

static int made(int mode)
{
	return (int)assert_accepted(
		shmget(guard_segment_key(), length(), IPC_CREAT | IPC_EXCL | mode));
}

CLAIM(attached_for_reading_it_cannot_be_written, "sysv-05",
      "With SHM_RDONLY every byte can be read, stores trap, and mprotect to write is EACCES",
      .needs = SYSV_MEMORY)
{
	int id = made(0600);
	char *area = attached(id, NULL, 0);

	write_pattern(area, length(), 1);
	IN_CHILD {
		char *seen = attached(id, NULL, SHM_RDONLY), *last = page(seen, PAGES) - 1;

		for (int i = 0; i < 2; i++) {
			assert_trap(try_store(seen, 'x'), SIGSEGV, SEGV_ACCERR, seen);
			assert_trap(try_store(last, 'x'), SIGSEGV, SEGV_ACCERR, last);
			assert_refused(mprotect(seen, length(), PROT_READ | PROT_WRITE), EACCES);
		}
		assert_pattern(seen, length(), 1, "what the reader reads");
	}
	assert_pattern(area, length(), 1, "the segment after that");
}

CLAIM(the_mode_decides_who_attaches, "sysv-13",
      "Without leave to write shmat is EACCES, unless for reading; without leave to read, always",
      .needs = SYSV_MEMORY)
{
	int readable = made(0400), closed = made(0), writable = made(0200);

	give_up_capabilities();
	assert_refused(shmat(readable, NULL, 0), EACCES);
	assert_refused(shmat(closed, NULL, 0), EACCES);
	assert_refused(shmat(closed, NULL, SHM_RDONLY), EACCES);
	assert_refused(shmat(writable, NULL, 0), EACCES);
	assert_refused(shmat(writable, NULL, SHM_RDONLY), EACCES);
	assert_all_bytes(attached(readable, NULL, SHM_RDONLY), length(), 0, "what may be read");
}

CLAIM(a_key_does_not_pass_over_the_mode, "sysv-13",
      "shmget of a key that is taken is EACCES where it asks for more than the mode allows",
      .needs = SYSV_MEMORY)
{
	key_t key = guard_segment_key();
	int id = (int)assert_accepted(shmget(key, length(), IPC_CREAT | IPC_EXCL | 0400));

	give_up_capabilities();
	assert_refused(shmget(key, length(), 0600), EACCES);
	assert_equals(shmget(key, length(), 0400), id, "the id for who asks to read");
	assert_equals(shmget(key, length(), 0), id, "the id for who asks for nothing");
}

CLAIM(its_state_tells_who_and_what, "sysv-14",
      "IPC_STAT tells size, mode, owner and maker; IPC_SET changes the mode for who comes later",
      .needs = SYSV_MEMORY)
{
	int id = made(0640);
	char *area = attached(id, NULL, 0);
	struct shmid_ds state = segment_state(id);

	assert_equals(state.shm_segsz, length(), "bytes of the segment");
	assert_equals(state.shm_perm.mode & 07777, 0640, "its permissions");
	assert_equals(state.shm_perm.uid, geteuid(), "its owner");
	assert_equals(state.shm_cpid, getpid(), "the process that has made it");
	assert_equals(state.shm_lpid, getpid(), "the last one to attach or detach it");
	state.shm_perm.mode = 0400;
	assert_accepted(shmctl(id, IPC_SET, &state));
	assert_equals(segment_state(id).shm_perm.mode & 07777, 0400,
		      "its permissions after IPC_SET");
	give_up_capabilities();
	assert_refused(shmat(id, NULL, 0), EACCES);
	write_pattern(area, length(), 1);
	assert_pattern(attached(id, NULL, SHM_RDONLY), length(), 1,
		       "what the first one still writes");
}

CONTROL(with_leave_to_write_it_is_written, "sysv-05 sysv-13 sysv-14",
	"The same process, without capabilities, attaches and writes a segment whose mode allows "
	"it",
	.needs = SYSV_MEMORY)
{
	int id = made(0600);

	give_up_capabilities();

	char *area = attached(id, NULL, 0), *reader = attached(id, NULL, SHM_RDONLY);

	assert_no_trap(try_store(area, 'x'));
	assert_byte(reader, 'x', "the store, seen by a reader");
}
