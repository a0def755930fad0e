/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.read;

import java.io.IOException;

/** A line that cannot be used; its message is the end of a sentence whose subject is the line. */
final class DamagedLineException extends IOException {

    private static final long serialVersionUID = 1;

    private final String what;

    DamagedLineException(String what) {
        super(what);
        this.what = what;
    }

    /** The end of a sentence whose subject is the line. */
    String what() {
        return what;
    }
}
