/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.report.summary;

import dev.wattle.core.ledger.RunIdentity;
import dev.wattle.core.report.text.PrintableName;

/** The name of a run, safe to print. */
final class RunLine {

    /** As many characters as a name in the configuration may have. */
    private static final int MAX_CHARACTERS = 200;

    private RunLine() {}

    /** The name, and the project in parentheses. */
    static String name(RunIdentity run) {
        return PrintableName.of(run.run(), MAX_CHARACTERS)
                + run.project()
                        .map(project -> " (" + PrintableName.of(project, MAX_CHARACTERS) + ")")
                        .orElse("");
    }
}
