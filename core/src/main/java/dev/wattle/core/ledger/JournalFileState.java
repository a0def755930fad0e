/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger;

/** Whether another program has changed a journal's file. */
public enum JournalFileState {
    /** The file has all that was written. */
    UNCHANGED("is unchanged"),
    /** The file does not exist any more; nor may its directory. */
    REMOVED("was removed"),
    /** Another file has its name. */
    REPLACED("was replaced by another file"),
    /** The file is shorter than what was written. */
    TRUNCATED("was truncated");

    private final String description;

    JournalFileState(String description) {
        this.description = description;
    }

    /** The end of a sentence whose subject is the file. */
    public String description() {
        return description;
    }
}
