/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import dev.wattle.agent.bridge.TrainingBridge;
import dev.wattle.core.boundary.Boundary;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Records the calls of the bridge, a line each. */
final class Recording implements TrainingBridge.Sink {
    final List<String> lines = new CopyOnWriteArrayList<>();
    volatile boolean stop;
    volatile int asked;
    volatile @Nullable String reason;

    @Override
    public void mark(int event, int subject, long size, double value) {
        lines.add(Boundary.ofEvent(event) + " of " + subject
                + (size == Boundary.UNKNOWN ? "" : size == Boundary.FAILED ? ", failed" : ", size " + size)
                + (Double.isNaN(value) ? "" : ", value " + value));
    }

    @Override
    public void metric(int event, int subject, String name, double value) {
        lines.add(Boundary.ofEvent(event) + " of " + subject + ", " + name + " " + value);
    }

    @Override
    public boolean stops(int framework, int subject) {
        asked++;
        return stop;
    }

    @Override
    public @Nullable String stopReason(int framework, int subject) {
        return reason;
    }
}
