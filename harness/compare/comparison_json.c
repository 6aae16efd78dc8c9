/* SPDX-License-Identifier: MIT */
#include "compare/comparison.h"
#include "run/json.h"

static void put_member(FILE *out, const char *before, const char *name, const char *value)
{
	fputs(before, out);
	json_put_string(out, name);
	fputs(": ", out);
	json_put_string(out, value);
}

static void put_machine(FILE *out, const struct evidence *machine)
{
	put_member(out, "{", "file", machine->file);
	for (size_t i = 0; i < machine->machine_count; i++) {
		put_member(out, ", ", machine->machine[i].name, machine->machine[i].value);
	}
	fputc('}', out);
}

static void put_row(FILE *out, const struct comparison *comparison, const struct row *row)
{
	static const char *const names[] = {"outcome", "evidence", "nothing"};

	put_member(out, "{", "name", row->name);
	put_member(out, ", ", "sentence", row->sentence);
	put_member(out, ", ", "differs_in", names[row->likeness]);
	fputs(", \"outcomes\": [", out);
	for (size_t i = 0; i < comparison->machine_count; i++) {
		fputs(i ? ", " : "", out);
		json_put_string(out, comparison_outcome(&comparison->machines[i], row->name));
	}
	fputs("], \"evidence\": [", out);
	for (size_t i = 0; i < comparison->machine_count; i++) {
		const struct finding *finding = evidence_find(&comparison->machines[i], row->name);

		fputs(i ? ", [" : "[", out);
		for (size_t f = 0; finding && f < finding->fact_count; f++) {
			put_member(out, f ? ", {" : "{", "name", finding->facts[f].name);
			put_member(out, ", ", "value", finding->facts[f].value);
			fputc('}', out);
		}
		fputc(']', out);
	}
	fputs("]}", out);
}

void comparison_json(FILE *out, const struct comparison *comparison, bool all)
{
	fputs("{\"format\": \"touchstone comparison 1\",\n\"machines\": [", out);
	for (size_t i = 0; i < comparison->machine_count; i++) {
		fputs(i ? ",\n  " : "\n  ", out);
		put_machine(out, &comparison->machines[i]);
	}
	fprintf(out,
		"],\n\"differ_in_outcome\": %zu, \"differ_in_evidence\": %zu, \"alike\": %zu,\n",
		comparison->counts[OTHER_OUTCOME], comparison->counts[OTHER_EVIDENCE],
		comparison->counts[ALIKE]);
	fputs("\"claims\": [", out);
	for (size_t i = 0; i < comparison->row_count; i++) {
		if (comparison->rows[i].likeness == ALIKE && !all) {
			break;
		}
		fputs(i ? ",\n  " : "\n  ", out);
		put_row(out, comparison, &comparison->rows[i]);
	}
	fputs("\n]}\n", out);
}
