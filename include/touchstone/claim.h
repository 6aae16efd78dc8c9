/* SPDX-License-Identifier: MIT */
/*
 * EXPERIMENT, CLAIM and CONTROL: how a file says what it is about.
 *
 * The linker gathers what the three declare; nothing keeps a list by hand. CMake
 * reads the same macros from the source when it configures, and makes one ctest test of each
 * CLAIM and each CONTROL: chapter.experiment.name, where the chapter is the file's folder and
 * the experiment is the file's name.
 */
#ifndef TOUCHSTONE_CLAIM_H
#define TOUCHSTONE_CLAIM_H

#include <stdbool.h>

struct claim;

/* One file. The text between source and source_end is the file itself, for `touchstone show`. */
struct experiment {
	const char *title;      /* the sentence the file is named after */
	const char *file;       /* experiments/<chapter>/<experiment>.c */
	const char *source;     /* first byte of the file's text */
	const char *source_end; /* one past the last */
	struct claim *claims;   /* in the order of the file, once the registry has looked */
	struct experiment *next;
};

/* One check test case. */
struct claim {
	const char *name;     /* a C identifier that reads as a sentence */
	const char *ids;      /* rows of docs/claims.tsv: "cow-04 fork-02" */
	const char *sentence; /* what is claimed */
	const char *file;
	int line;
	void (*body)(void);
	bool is_control;
	unsigned long long needs; /* needs.h, or-ed together; 0: decidable on any Linux */
	const char *alone;    /* the piece of global state it changes; such claims never overlap */
#define THE_MACHINE "machine" /* as .alone: what everybody feels; nothing runs beside it */
	unsigned seconds;     /* time limit; 0: the usual one (20) */
	struct experiment *experiment;
	struct claim *next;
};

/*
 * What a file declares is gathered by the linker: a pointer to it lies in a section of that name. Nothing runs and nothing
 * is stored for it when a program starts, and each claim is a program's start.
 */
#define TOUCHSTONE_LISTED(section_) __attribute__((used, section(section_)))

/*
 * EXPERIMENT("sentence"): once in each file, before its claims. Keeps the file's own text in
 * the program, so that the one static file can teach on a machine without the sources; apart from the
 * constants that claims use, which are in memory before they begin.
 */
#define EXPERIMENT(sentence_)                                                                      \
	__asm__(".pushsection touchstone_texts,\"a\"\n"                                            \
		"touchstone_source:\n\t.incbin \"" __FILE__ "\"\n"                                 \
		"touchstone_source_end:\n\t.byte 0\n\t.popsection\n");                             \
	extern const char touchstone_source[] __attribute__((visibility("hidden")));               \
	extern const char touchstone_source_end[] __attribute__((visibility("hidden")));           \
	static struct experiment touchstone_this_experiment = {                                    \
		.title = (sentence_),                                                              \
		.file = __FILE__,                                                                  \
		.source = touchstone_source,                                                       \
		.source_end = touchstone_source_end};                                              \
	static struct experiment *const touchstone_listed_experiment TOUCHSTONE_LISTED(            \
		"touchstone_experiments") = &touchstone_this_experiment

/*
 * CLAIM(name, "ids", "sentence", options...) { body }
 *
 * Options are designated initialisers of struct claim: .needs, .alone, .seconds.
 * The body runs as a check test in a process of its own. Reaching its end means the claim
 * holds; a failed assertion means it is broken; see outcome.h for the other two outcomes.
 */
#define CLAIM(name_, ids_, sentence_, ...)                                                         \
	TOUCHSTONE_TEST(name_, ids_, sentence_, false, ##__VA_ARGS__)

/*
 * CONTROL(name, "ids", "sentence", options...) { body }
 *
 * A contrasting check: the same observation, arranged so that it must give the other answer.
 * Its ids are those of the claims it controls; every id of an experiment's claims is
 * named by one of the experiment's controls. A control that fails counts as broken.
 */
#define CONTROL(name_, ids_, sentence_, ...)                                                       \
	TOUCHSTONE_TEST(name_, ids_, sentence_, true, ##__VA_ARGS__)

#define TOUCHSTONE_TEST(name_, ids_, sentence_, control_, ...)                                     \
	static void name_(void);                                                                   \
	static struct claim touchstone_claim_##name_ = {.name = #name_,                            \
							.ids = (ids_),                             \
							.sentence = (sentence_),                   \
							.file = __FILE__,                          \
							.line = __LINE__,                          \
							.body = name_,                             \
							.is_control = (control_),                  \
							.experiment = &touchstone_this_experiment, \
							##__VA_ARGS__};                            \
	static struct claim *const touchstone_listed_##name_ TOUCHSTONE_LISTED(                    \
		"touchstone_claims") = &touchstone_claim_##name_;                                  \
	static void name_(void)

#endif
