/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.read;

import java.nio.file.Path;

/** What a file of a ledger holds: a run, or nothing that can be counted. */
public sealed interface JournalContent permits RecordedRun, SkippedFile {

    /** The file. */
    Path file();
}
