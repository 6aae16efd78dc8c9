/* SPDX-License-Identifier: MIT */
/*
 * specimen flags: -nostdlib -static -no-pie -fno-pie -ffreestanding -O1 -s -Wl,-z,norelro -Wno-unused-command-line-argument
 *
 * A program that does what its arguments say, one after the other: "pid", or "mapped=4198400", whose number
 * is decimal. What it finds it writes as lines "name=123". Words that it does not know it leaves
 * alone; where it is told nothing it says its words.
 */
#include "specimen.h"

enum { LARGEST_PAGE = 65536, MINOR_FAULTS = 8, SETTLED_PAGES = 8 };

/* Where it was linked to, for whoever looks from outside; each array fills a page of any size. */
static volatile unsigned char data[] = "the first edition";
static volatile unsigned char bss[2 * LARGEST_PAGE];
static volatile unsigned char working_set[(2 * SETTLED_PAGES + 1) * LARGEST_PAGE];

static long *at_start; /* the stack as execve left it */
static unsigned long page;

static unsigned long call(long number, long a, long b, long c)
{
	return (unsigned long)system_call(number, a, b, c);
}

/* The first of its bss that lies on a page. */
static volatile unsigned char *own_page(volatile unsigned char *area)
{
	return (volatile unsigned char *)(((unsigned long)area + page - 1) & ~(page - 1));
}

static void say_text(const char *text)
{
	unsigned long length = 0;

	while (text[length]) {
		length++;
	}
	system_call(__NR_write, 1, (long)text, (long)length);
}

/* Whether the text is this word, alone or with "=" and a number behind it. */
static int is_told(const char *text, const char *word, unsigned long *number)
{
	while (*word && *text == *word) {
		text++;
		word++;
	}
	if (*word || (*text && *text != '=')) {
		return 0;
	}
	*number = 0;
	for (text += *text == '='; *text >= '0' && *text <= '9'; text++) {
		*number = *number * 10 + (unsigned long)(*text - '0');
	}
	return 1;
}

static unsigned long is_mapped(unsigned long address)
{
	unsigned char there;

	return call(__NR_mincore, (long)(address & ~(page - 1)), (long)page, (long)&there) == 0;
}

static void say_who(unsigned long unused)
{
	(void)unused;
	say("pid", call(__NR_getpid, 0, 0, 0));
	say("parent", call(__NR_getppid, 0, 0, 0));
	say("thread", call(__NR_gettid, 0, 0, 0));
}

/* The program's own words, and its environment's. */
static void say_words(unsigned long unused)
{
	(void)unused;
	char **word = (char **)(at_start + 1);

	say("count", (unsigned long)at_start[0]);
	for (int list = 0; list < 2; list++, word++) {
		for (; *word; word++) {
			say_text(list ? "variable [" : "word [");
			say_text(*word);
			say_text("]\n");
		}
	}
}

/* FNV-1a of every byte of arguments and environment, the zeros between them included. */
static void say_hash(unsigned long unused)
{
	(void)unused;
	char **word = (char **)(at_start + 1);
	unsigned int hash = 2166136261u;
	unsigned long count = 0;

	for (int list = 0; list < 2; list++, word++) {
		for (; *word; word++, count++) {
			const char *at = *word;

			do {
				hash = (hash ^ (unsigned char)*at) * 16777619u;
			} while (*at++);
		}
	}
	say("strings", count);
	say("hash", hash);
}

static void say_auxiliary(unsigned long unused)
{
	(void)unused;
	static const struct {
		const char *name;
		unsigned long type;
	} values[] = {{"phdr", AT_PHDR},   {"phnum", AT_PHNUM},   {"phent", AT_PHENT},
		      {"entry", AT_ENTRY}, {"pagesz", AT_PAGESZ}, {"base", AT_BASE},
		      {"uid", AT_UID},     {"euid", AT_EUID},     {"gid", AT_GID},
		      {"egid", AT_EGID},   {"random", AT_RANDOM}, {"kernel_page", AT_SYSINFO_EHDR}};
	const unsigned char *random = (const void *)auxiliary_value(at_start, AT_RANDOM);
	const unsigned char *kernels = (const void *)auxiliary_value(at_start, AT_SYSINFO_EHDR);
	const char *name = (const char *)auxiliary_value(at_start, AT_EXECFN);

	for (unsigned long i = 0; i < sizeof values / sizeof *values; i++) {
		say(values[i].name, auxiliary_value(at_start, values[i].type));
	}
	for (int i = 0; random && i < 16; i++) {
		say("random_byte", random[i]);
	}
	say("kernel_page_is_elf", kernels && kernels[0] == 0x7f && kernels[1] == 'E' &&
					  kernels[2] == 'L' && kernels[3] == 'F');
	say_text("name [");
	say_text(name ? name : "");
	say_text("]\n");
}

/* Before anybody has asked for more, and after one page more was asked for. */
static void say_break(unsigned long unused)
{
	(void)unused;
	unsigned long start = brk_now(0), first = (start + page - 1) & ~(page - 1);

	say("break", start);
	say("break_again", brk_now(0));
	say("above_break", is_mapped(first));
	say("moved_to", brk_now(first + page));
	say("above_moved", is_mapped(first));
	if (is_mapped(first)) {
		*(volatile unsigned char *)first = 1;
	}
}

static void say_addresses(unsigned long unused)
{
	(void)unused;
	say("data", (unsigned long)data);
	say("data_length", sizeof data);
	say("bss", (unsigned long)own_page(bss));
	say("code", (unsigned long)say_addresses);
	say("stack", (unsigned long)at_start);
	say("last_word", (unsigned long)argument(at_start, argument_count(at_start) - 1));
}

/* Stores the number in every byte of data and of a page of bss; then, or later, counts them. */
static void mark(unsigned long number)
{
	for (unsigned long i = 0; i < sizeof data; i++) {
		data[i] = (unsigned char)number;
	}
	for (unsigned long i = 0; i < page; i++) {
		own_page(bss)[i] = (unsigned char)number;
	}
}

static void say_marked(unsigned long number)
{
	unsigned long marked = 0;

	for (unsigned long i = 0; i < sizeof data; i++) {
		marked += data[i] == (unsigned char)number;
	}
	for (unsigned long i = 0; i < page; i++) {
		marked += own_page(bss)[i] == (unsigned char)number;
	}
	say("marked", marked);
}

static unsigned long minor_faults(void)
{
	/* struct rusage: two times of two words each, and fourteen numbers. */
	static long usage[40];

	system_call(__NR_getrusage, 0, (long)usage, 0);
	return (unsigned long)usage[MINOR_FAULTS];
}

/* Stores into so many pages from the given one of its working set on, and says what it cost. */
static void say_pass(const char *name, unsigned long first)
{
	unsigned long before = minor_faults();

	for (unsigned long i = 0; i < SETTLED_PAGES; i++) {
		own_page(working_set)[(first + i) * page] = 1;
	}
	say(name, minor_faults() - before);
}

static void say_phases(unsigned long unused)
{
	(void)unused;
	minor_faults();
	say_pass("warm_up", 0);
	say_pass("settled", 0);
	say_pass("settled_still", 0);
	say_pass("next_phase", SETTLED_PAGES);
	say_pass("settled_again", SETTLED_PAGES);
}

static void say_signals(unsigned long unused)
{
	(void)unused;
	unsigned long stack[3] = {0}, pending[4] = {0}; /* stack_t begins with the pointer */

	system_call(__NR_sigaltstack, 0, (long)stack, 0);
	say("no_alternate_stack", !stack[0]);
	if (system_call(__NR_rt_sigpending, (long)pending, 8, 0) != 0) {
		system_call(__NR_rt_sigpending, (long)pending, 16, 0); /* mips has 128 signals */
	}
	say("pending", pending[0]);
}

/* Reads nothing but the end of standard input, which comes when it may go on. */
static void wait(unsigned long unused)
{
	(void)unused;
	char byte;

	say("waiting", 1);
	system_call(__NR_read, 0, (long)&byte, 1);
}

static void say_mapped(unsigned long address)
{
	say("mapped", is_mapped(address));
}

static void say_open(unsigned long descriptor)
{
	say("open", call(__NR_fcntl, (long)descriptor, 1, 0) <= 1); /* F_GETFD: 0 or 1 */
}

static void raise_signal(unsigned long number)
{
	system_call(__NR_kill, (long)call(__NR_getpid, 0, 0, 0), (long)number, 0);
}

static void lock(unsigned long flags)
{
	say("locked", call(__NR_mlockall, (long)flags, 0, 0) == 0);
}

/* Where stack_t, which is a pointer, an int and a length, has the length. */
#ifdef __mips__
enum { STACK_LENGTH = 1 };
#else
enum { STACK_LENGTH = 2 };
#endif

static void make_alternate_stack(unsigned long unused)
{
	static unsigned long room[4096], stack[3];

	(void)unused;
	stack[0] = (unsigned long)room;
	stack[STACK_LENGTH] = sizeof room;
	system_call(__NR_sigaltstack, (long)stack, 0, 0);
}

static unsigned long loads_from;

static void load_from(unsigned long address)
{
	loads_from = address;
}

/* A byte of each of so many pages. */
static void load_pages(unsigned long count)
{
	for (unsigned long i = 0; i < count; i++) {
		(void)*(const volatile unsigned char *)(loads_from + i * page);
	}
}

static const struct {
	const char *word;
	void (*obey)(unsigned long number);
} orders[] = {
	{"pid", say_who},
	{"words", say_words},
	{"hash", say_hash},
	{"auxiliary", say_auxiliary},
	{"break", say_break},
	{"addresses", say_addresses},
	{"phases", say_phases},
	{"signals", say_signals},
	{"mapped", say_mapped},
	{"open", say_open},
	{"mark", mark},
	{"marked", say_marked},
	{"raise", raise_signal},
	{"load_from", load_from},
	{"load", load_pages},
	{"lock", lock},
	{"alternate_stack", make_alternate_stack},
	{"wait", wait},
};

int specimen(long *stack)
{
	at_start = stack;
	page = auxiliary_value(stack, AT_PAGESZ);
	if (argument_count(stack) < 2) {
		say_words(0);
	}
	for (long i = 1; i < argument_count(stack); i++) {
		for (unsigned long k = 0; k < sizeof orders / sizeof *orders; k++) {
			unsigned long number;

			if (is_told(argument(stack, i), orders[k].word, &number)) {
				orders[k].obey(number);
			}
		}
	}
	return 0;
}
