/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.file;

import java.io.File;

/**
 * Decides when to open a file again because another may have been renamed over it.
 *
 * <p>A program that mirrors the kernel's files writes a new file and renames it. The open file never changes then. A file
 * whose text stays the same is therefore opened again, ever more rarely. After a replacement was found, the file's date is
 * compared at each equal text too, which allocates a name. For one thread.
 */
final class ReplacementDetector {

    /** The number of equal texts after which the file is opened again; it doubles each time. */
    private static final int FIRST_REOPENING = 4;

    private static final int MAX_REOPENING = 1 << 14;

    private final File path;
    private long modifiedMillis;
    private int equalTexts;
    private int reopening = FIRST_REOPENING;
    private boolean replaced;

    ReplacementDetector(File path) {
        this.path = path;
    }

    /** Whether a replacement was found. */
    boolean wasReplaced() {
        return replaced;
    }

    /** The file is about to be opened. The date is read first: a file that is replaced in between is opened twice. */
    void opening() {
        if (replaced) {
            modifiedMillis = path.lastModified();
        }
    }

    /** The text has changed: the open file is the current one. */
    void textChanged() {
        equalTexts = 0;
        reopening = FIRST_REOPENING;
    }

    /** The text has not changed; decides whether to open the file again. */
    boolean isReopeningDue() {
        if (++equalTexts >= reopening) {
            equalTexts = 0;
            reopening = Math.min(2 * reopening, MAX_REOPENING);
            return true;
        }
        return replaced && path.lastModified() != modifiedMillis;
    }

    /** Another text was found after opening the file again. */
    void foundReplacement() {
        replaced = true;
        reopening = FIRST_REOPENING;
    }
}
