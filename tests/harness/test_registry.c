/* SPDX-License-Identifier: MIT */
/* The registry: order, names, and which claims a pattern chooses. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "run/registry.h"

/* Registered in the wrong order on purpose: chapters and lines decide, not who comes first. */
static struct experiment swap = {.title = "s", .file = "experiments/swapping/pages_leave.c"};
static struct experiment cow_b = {.title = "b", .file = "experiments/copy-on-write/b_second.c"};
static struct experiment cow_a = {.title = "a", .file = "experiments/copy-on-write/a_first.c"};
static struct experiment foreign = {.title = "x", .file = "elsewhere/x.c"};
static struct claim late = {.name = "late", .ids = "cow-10", .line = 30};
static struct claim early = {.name = "early", .ids = "cow-01 fork-02", .line = 10};
static struct claim other = {.name = "other", .ids = "cow-01", .line = 5};
static struct claim swapped = {.name = "swapped", .ids = "swap-01", .line = 5};
static struct claim strange = {.name = "strange", .ids = "x-01", .line = 5};

static void register_all(void)
{
	registry_add_experiment(&foreign);
	registry_add_experiment(&swap);
	registry_add_experiment(&cow_b);
	registry_add_experiment(&cow_a);
	registry_add_claim(&swap, &swapped);
	registry_add_claim(&cow_a, &late);
	registry_add_claim(&cow_a, &early);
	registry_add_claim(&cow_b, &other);
	registry_add_claim(&foreign, &strange);
}

/* The names of the chosen claims, or "?PATTERN" for one that chose nothing. */
static const char *chosen(const char *pattern)
{
	static char names[200];
	char *patterns[] = {(char *)pattern};
	const char *unknown;
	const struct claim **claims = registry_choose(patterns, pattern ? 1 : 0, &unknown);

	names[0] = 0;
	for (size_t i = 0; claims[i]; i++) {
		strcat(names, i ? " " : "");
		strcat(names, claims[i]->name);
	}
	if (unknown) {
		strcpy(names, "?");
		strcat(names, unknown);
	}
	free(claims);
	return names;
}

START_TEST(claims_come_in_teaching_order)
{
	ck_assert_str_eq(chosen(NULL), "early late other swapped strange");
}
END_TEST

START_TEST(patterns_choose)
{
	static const struct {
		const char *pattern, *chosen;
	} cases[] = {
		{"copy-on-write", "early late other"},
		{"copy-on-write.a_first", "early late"},
		{"copy-on-write.a_first.late", "late"},
		{"a_first", "early late"},
		{"a_first.late", "late"},
		{"late", "late"},
		{"cow-01", "early other"},
		{"cow-10", "late"},
		{"cow-1", "?cow-1"}, /* an id is matched whole */
		{"cow-*", "early late other"},
		{"*.l*", "late"},
		{"ear", "early"},
		{"swap", "swapped"}, /* in the chapter's name as well, and the claim's */
		{"copy-on-write.a_fir", "?copy-on-write.a_fir"}, /* parts end at dots */
		{"", "?"},
		{"[", "?["},
		{"Late", "?Late"},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		ck_assert_str_eq(chosen(cases[i].pattern), cases[i].chosen);
	}
}
END_TEST

START_TEST(names_are_made_of_the_path)
{
	char name[NAME_LENGTH];

	registry_full_name(&late, name);
	ck_assert_str_eq(name, "copy-on-write.a_first.late");
	registry_chapter(&foreign, name);
	ck_assert_str_eq(name, "elsewhere");
}
END_TEST

START_TEST(the_first_unknown_pattern_is_told)
{
	char *patterns[] = {"late", "nowhere", "never"};
	const char *unknown;

	free(registry_choose(patterns, 3, &unknown));
	ck_assert_str_eq(unknown, "nowhere");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("registry");
	TCase *tcase = tcase_create("registry");

	register_all();
	tcase_add_test(tcase, claims_come_in_teaching_order);
	tcase_add_test(tcase, patterns_choose);
	tcase_add_test(tcase, names_are_made_of_the_path);
	tcase_add_test(tcase, the_first_unknown_pattern_is_told);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);

	srunner_run_all(runner, CK_NORMAL);

	int failed = srunner_ntests_failed(runner);

	srunner_free(runner);
	return failed != 0;
}
