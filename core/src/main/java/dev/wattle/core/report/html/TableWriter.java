/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.html;

import java.util.List;

/** Writes tables: heads that say what a column holds, numbers on the right, names on the left. */
final class TableWriter {

    private final HtmlWriter out;

    TableWriter(HtmlWriter out) {
        this.out = out;
    }

    /** Starts a table with its caption and heads; the first {@code names} columns hold names. */
    void start(String caption, int names, List<String> heads) {
        // Above the part that scrolls, which would cut it off on a narrow screen.
        out.start("div", "class", "table");
        out.element("p", caption, "class", "caption", "aria-hidden", "true");
        out.start("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", caption);
        out.start("table", "aria-label", caption);
        out.start("thead").start("tr");
        for (int i = 0; i < heads.size(); i++) {
            out.element("th", heads.get(i), "scope", "col", "class", i < names ? "name" : "number");
        }
        out.end().end().start("tbody");
    }

    /** Writes a row; its first cell is its head. */
    void row(int names, List<String> cells) {
        out.start("tr");
        for (int i = 0; i < cells.size(); i++) {
            if (i == 0) {
                out.start("th", "scope", "row", "class", i < names ? "name" : "number");
            } else {
                out.start("td", "class", i < names ? "name" : "number");
            }
            if (i < names) {
                out.name(cells.get(i));
            } else {
                out.text(cells.get(i));
            }
            out.end();
        }
        out.endLine();
    }

    void end() {
        out.end().end().end();
        out.endLine();
    }

    /** Writes a whole table. */
    void table(String caption, int names, List<String> heads, List<List<String>> rows) {
        start(caption, names, heads);
        rows.forEach(cells -> row(names, cells));
        end();
    }
}
