/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli.ledger;

import dev.wattle.agent.attach.PlainText;
import dev.wattle.core.ledger.totals.LedgerRow;
import dev.wattle.core.ledger.totals.LedgerTotals;
import java.util.List;

/**
 * The rows of the report as CSV (RFC 4180), with a header and without the totals. Names are those of the JSON.
 *
 * <p>A name that a spreadsheet would take for a formula has an apostrophe before it, and control characters are question
 * marks.
 */
final class ReportCsv {
    private static final String HEADER =
            "name,runs,killed,seconds,microjoules,kwh,co2e_grams,process_microjoules,recorded_microjoules";
    private static final String LINE_END = "\r\n";
    private static final String STARTS_A_FORMULA = "=+-@\t\r\uFF1D\uFF0B\uFF0D\uFF20";

    private ReportCsv() {}

    static String of(LedgerTotals ledger, ReportOptions options) {
        StringBuilder text = new StringBuilder(HEADER).append(LINE_END);
        for (LedgerRow row : options.order().sorted(ledger.rows())) {
            List<String> cells = List.of(
                    cell(row.name()),
                    Long.toString(row.runs()),
                    Long.toString(row.killed()),
                    Double.toString(row.seconds()),
                    Long.toString(row.microjoules()),
                    Double.toString(row.kwh()),
                    row.withoutCo2e() < row.runs() ? Double.toString(row.co2eGrams()) : "",
                    Long.toString(row.processMicrojoules()),
                    Long.toString(row.recordedMicrojoules()));
            text.append(String.join(",", cells)).append(LINE_END);
        }
        return text.toString();
    }

    static String cell(String name) {
        String plain = PlainText.of(name).replace('\t', '?');
        boolean formula = !plain.isEmpty()
                && STARTS_A_FORMULA.indexOf(
                                plain.stripLeading().isEmpty()
                                        ? plain.charAt(0)
                                        : plain.stripLeading().charAt(0))
                        >= 0;
        String safe = formula ? "'" + plain : plain;
        return safe.matches("[^\",\r\n]*") ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }
}
