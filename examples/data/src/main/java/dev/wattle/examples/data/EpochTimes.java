/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.examples.data;

import java.util.ArrayList;
import java.util.List;

/** When each epoch started and ended, on System.nanoTime(), as the program sees it. For one thread. */
public final class EpochTimes {
    private final List<String> ended = new ArrayList<>();
    private long beginNanos;

    public void begin() {
        beginNanos = System.nanoTime();
    }

    public void end() {
        ended.add(beginNanos + "-" + System.nanoTime());
    }

    @Override
    public String toString() {
        return String.join(" ", ended);
    }
}
