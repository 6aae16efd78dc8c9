/* SPDX-License-Identifier: MIT */
#include "compare/evidence.h"

#include <ctype.h>
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool refuse(char complaint[COMPLAINT], const char *what, const char *about)
{
	snprintf(complaint, COMPLAINT, "%s%s%s", what, about ? ": " : "", about ? about : "");
	return false;
}

static const char *text_of(const json_t *object, const char *name)
{
	return json_string_value(json_object_get(object, name));
}

static bool is_outcome(const char *name, enum outcome *outcome)
{
	for (*outcome = HOLDS; name && *outcome < OUTCOMES; ++*outcome) {
		if (strcmp(outcome_name(*outcome), name) == 0) {
			return true;
		}
	}
	return false;
}

/* A list of pairs, {"name": ..., "value": ...} each, appended to the facts. */
static bool read_pairs(const json_t *list, const char *name, const char *value,
		       struct finding *finding)
{
	size_t i;
	json_t *pair;

	if (!json_is_array(list)) {
		return false;
	}
	json_array_foreach(list, i, pair)
	{
		struct fact fact = {text_of(pair, name), text_of(pair, value)};

		if (!fact.name || !fact.value) {
			return false;
		}
		finding->facts[finding->fact_count++] = fact;
	}
	return true;
}

static bool read_finding(const json_t *object, struct finding *finding)
{
	const json_t *seen = json_object_get(object, "evidence");
	const json_t *strips = json_object_get(object, "strips");
	const char *kind = text_of(object, "kind"), *expected = text_of(object, "expected");

	*finding = (struct finding){.name = text_of(object, "name"),
				    .ids = text_of(object, "ids"),
				    .sentence = text_of(object, "sentence"),
				    .reason = text_of(object, "reason")};
	if (!finding->name || !finding->ids || !finding->sentence || !kind ||
	    !is_outcome(text_of(object, "outcome"), &finding->outcome)) {
		return false;
	}
	finding->is_control = strcmp(kind, "control") == 0;
	if (!finding->is_control && strcmp(kind, "claim") != 0) {
		return false;
	}
	if (!finding->reason) {
		finding->reason = expected ? expected : "";
	}
	finding->facts = calloc(json_array_size(seen) + json_array_size(strips) + 1,
				sizeof *finding->facts);
	return finding->facts && read_pairs(seen, "name", "value", finding) &&
	       read_pairs(strips, "label", "pages", finding);
}

static int by_name(const void *one, const void *other)
{
	return strcmp(((const struct finding *)one)->name, ((const struct finding *)other)->name);
}

static bool read_machine(const json_t *machine, struct evidence *evidence)
{
	const char *name;
	json_t *value;

	evidence->machine = calloc(json_object_size(machine) + 1, sizeof *evidence->machine);
	if (!evidence->machine || json_object_size(machine) == 0) {
		return false;
	}
	json_object_foreach((json_t *)machine, name, value)
	{
		if (!json_is_string(value)) {
			return false;
		}
		evidence->machine[evidence->machine_count++] =
			(struct fact){name, json_string_value(value)};
	}
	return true;
}

/* The summary has to be what the claims add up to. */
static bool agrees(const json_t *summary, const struct evidence *evidence)
{
	size_t counts[OUTCOMES] = {0};

	for (size_t i = 0; i < evidence->finding_count; i++) {
		counts[evidence->findings[i].outcome]++;
	}
	for (enum outcome o = HOLDS; o < OUTCOMES; o++) {
		const json_t *count = json_object_get(summary, outcome_name(o));

		if (!json_is_integer(count) || json_integer_value(count) != (json_int_t)counts[o]) {
			return false;
		}
	}
	return true;
}

static bool read_tree(const json_t *tree, struct evidence *evidence, char complaint[COMPLAINT])
{
	const json_t *claims = json_object_get(tree, "claims");
	const char *format = text_of(tree, "format");
	size_t i;
	json_t *claim;

	if (!format || strcmp(format, "touchstone evidence 1") != 0) {
		return refuse(complaint, "not evidence of a touchstone run", format);
	}
	if (!read_machine(json_object_get(tree, "machine"), evidence)) {
		return refuse(complaint, "it does not tell of a machine", NULL);
	}
	evidence->findings = calloc(json_array_size(claims) + 1, sizeof *evidence->findings);
	if (!evidence->findings || json_array_size(claims) == 0) {
		return refuse(complaint, "it holds no claims", NULL);
	}
	json_array_foreach(claims, i, claim)
	{
		struct finding *finding = &evidence->findings[evidence->finding_count++];

		if (!read_finding(claim, finding)) {
			return refuse(complaint, "a claim in it cannot be understood",
				      finding->name);
		}
	}
	qsort(evidence->findings, evidence->finding_count, sizeof *evidence->findings, by_name);
	for (i = 1; i < evidence->finding_count; i++) {
		if (strcmp(evidence->findings[i - 1].name, evidence->findings[i].name) == 0) {
			return refuse(complaint, "a claim stands in it twice",
				      evidence->findings[i].name);
		}
	}
	return agrees(json_object_get(tree, "summary"), evidence) ||
	       refuse(complaint, "its summary is not what its claims add up to", NULL);
}

static bool read_file(const char *file, struct evidence *evidence, char complaint[COMPLAINT])
{
	json_error_t error;
	FILE *in = fopen(file, "re");

	*evidence = (struct evidence){.file = file};
	if (!in) {
		return refuse(complaint, strerror(errno), NULL);
	}
	evidence->tree = json_loadf(in, JSON_REJECT_DUPLICATES, &error);
	fclose(in);
	if (!evidence->tree) {
		snprintf(complaint, COMPLAINT, "line %d: %s", error.line, error.text);
		return false;
	}
	if (!read_tree(evidence->tree, evidence, complaint)) {
		evidence_free(evidence);
		return false;
	}
	return true;
}

/* One line, whatever is quoted in it of the file. */
bool evidence_read(const char *file, struct evidence *evidence, char complaint[COMPLAINT])
{
	if (read_file(file, evidence, complaint)) {
		return true;
	}
	for (char *c = complaint; *c; c++) {
		if (iscntrl((unsigned char)*c)) {
			*c = '?';
		}
	}
	return false;
}

void evidence_free(struct evidence *evidence)
{
	for (size_t i = 0; i < evidence->finding_count; i++) {
		free(evidence->findings[i].facts);
	}
	free(evidence->findings);
	free(evidence->machine);
	json_decref(evidence->tree);
	*evidence = (struct evidence){.file = evidence->file};
}

const struct finding *evidence_find(const struct evidence *evidence, const char *name)
{
	struct finding wanted = {.name = name};

	return bsearch(&wanted, evidence->findings, evidence->finding_count,
		       sizeof *evidence->findings, by_name);
}

const char *evidence_fact(const struct evidence *evidence, const char *name)
{
	for (size_t i = 0; i < evidence->machine_count; i++) {
		if (strcmp(evidence->machine[i].name, name) == 0) {
			return evidence->machine[i].value;
		}
	}
	return "unknown";
}
