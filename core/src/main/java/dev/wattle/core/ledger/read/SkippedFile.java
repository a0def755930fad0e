/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.read;

import java.nio.file.Path;

/**
 * A file that is not counted, or not in full. Immutable.
 *
 * @param file the file
 * @param reason why, as the end of a sentence whose subject is the file
 */
public record SkippedFile(Path file, String reason) implements JournalContent {}
