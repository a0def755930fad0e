/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.domain;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets readers notice that values which belong together changed while they read them. One writer, which never waits; a
 * reader repeats its read.
 *
 * <p>The version is odd while the writer changes the values. A read is valid if the version was even before it and is the
 * same after it. The values must be written with release and read with acquire semantics, or stronger.
 */
final class SequenceLock {

    private final AtomicLong version = new AtomicLong();

    void startWrite() {
        version.lazySet(version.get() + 1);
    }

    void endWrite() {
        version.lazySet(version.get() + 1);
    }

    /** The version before a read. */
    long startRead() {
        return version.get();
    }

    /** Whether a read since that version is valid. */
    boolean isValid(long startVersion) {
        return startVersion % 2 == 0 && version.get() == startVersion;
    }
}
