/* SPDX-License-Identifier: MIT */
/* A page, complete in itself: the machines on top, then a table in which outcomes have colours. */
#include <string.h>

#include "compare/comparison.h"
#include "run/html.h"

static const char style[] =
	"body{font:14px sans-serif;color:#222;max-width:1100px;margin:2em auto}"
	"table{border-collapse:collapse;margin:1em 0}td,th{padding:3px 9px;text-align:left;"
	"border-bottom:1px solid #ddd;vertical-align:top}.holds{background:#cfe8cf}"
	".broken{background:#f3b6b6}.undecided{background:#f5ecc0}.error{background:#d9c2e8}"
	".small{color:#666;font-size:12px}code{font-size:13px}";

static void put_cell(FILE *out, const char *tag, const char *text)
{
	fprintf(out, "<%s>", tag);
	html_put_text(out, text);
	fprintf(out, "</%s>", tag);
}

static void put_letters(FILE *out, const struct comparison *comparison)
{
	for (size_t i = 0; i < comparison->machine_count; i++) {
		fprintf(out, "<th>%c</th>", machine_letter(i));
	}
}

static void put_machines(FILE *out, const struct comparison *comparison)
{
	const struct evidence *first = &comparison->machines[0];

	fputs("<table><tr><th></th>", out);
	put_letters(out, comparison);
	fputs("</tr>\n<tr><td>file</td>", out);
	for (size_t i = 0; i < comparison->machine_count; i++) {
		put_cell(out, "td", comparison->machines[i].file);
	}
	fputs("</tr>\n", out);
	for (size_t f = 0; f < first->machine_count; f++) {
		fputs("<tr>", out);
		put_cell(out, "td", first->machine[f].name);
		for (size_t i = 0; i < comparison->machine_count; i++) {
			put_cell(out, "td",
				 evidence_fact(&comparison->machines[i], first->machine[f].name));
		}
		fputs("</tr>\n", out);
	}
	fputs("</table>\n", out);
}

static void put_row(FILE *out, const struct comparison *comparison, const struct row *row)
{
	fputs("<tr>", out);
	for (size_t i = 0; i < comparison->machine_count; i++) {
		const char *outcome = comparison_outcome(&comparison->machines[i], row->name);

		fprintf(out, "<td class=\"%s\">%s</td>", outcome, outcome);
	}
	fputs("<td>", out);
	html_put_text(out, row->sentence);
	fputs("<br><code>", out);
	html_put_text(out, row->name);
	fputs("</code>", out);
	for (size_t i = 0; row->likeness != ALIKE && i < comparison->machine_count; i++) {
		const struct finding *finding = evidence_find(&comparison->machines[i], row->name);

		if (!finding) {
			continue;
		}
		fprintf(out, "<div class=\"small\">%c ", machine_letter(i));
		html_put_text(out, finding->reason);
		for (size_t f = 0; row->likeness == OTHER_EVIDENCE && f < finding->fact_count;
		     f++) {
			fputs(f ? "; " : "", out);
			html_put_text(out, finding->facts[f].name);
			fputs(": ", out);
			html_put_text(out, finding->facts[f].value);
		}
		fputs("</div>", out);
	}
	fputs("</td></tr>\n", out);
}

void comparison_html(FILE *out, const struct comparison *comparison, bool all)
{
	static const char *const titles[] = {"Other outcomes", "Other evidence, the same outcome",
					     "Alike"};

	fprintf(out,
		"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
		"<title>Machines compared</title><style>%s</style></head>\n<body><h1>%zu machines "
		"compared</h1>\n",
		style, comparison->machine_count);
	put_machines(out, comparison);
	for (size_t i = 0; i < comparison->row_count; i++) {
		const struct row *row = &comparison->rows[i];

		if (row->likeness == ALIKE && !all) {
			break;
		}
		if (i == 0 || row[-1].likeness != row->likeness) {
			fprintf(out, "%s<h2>%s (%zu)</h2>\n<table><tr>", i ? "</table>\n" : "",
				titles[row->likeness], comparison->counts[row->likeness]);
			put_letters(out, comparison);
			fputs("<th></th></tr>\n", out);
		}
		put_row(out, comparison, row);
	}
	fprintf(out,
		"</table>\n<p>%zu claims and controls: %zu differ in outcome, %zu in evidence, %zu "
		"are alike.</p>"
		"</body></html>\n",
		comparison->row_count, comparison->counts[OTHER_OUTCOME],
		comparison->counts[OTHER_EVIDENCE], comparison->counts[ALIKE]);
}
