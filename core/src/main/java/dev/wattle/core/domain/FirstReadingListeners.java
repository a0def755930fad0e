/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Actions that wait for the first reading of a domain. Actions are added by any thread. */
final class FirstReadingListeners {

    private final EnergyRecorder recorder;
    private final List<Runnable> waiting = new ArrayList<>();
    private boolean announced;

    FirstReadingListeners(EnergyRecorder recorder) {
        this.recorder = recorder;
    }

    /** Runs the action now if there was a reading, else by the thread that reads at the first one. */
    void add(Runnable action) {
        synchronized (waiting) {
            if (!recorder.hasRecords()) {
                waiting.add(action);
                return;
            }
        }
        action.run();
    }

    /**
     * Runs the waiting actions if there was a reading. An action that throws does not affect the others. For the thread that
     * reads.
     *
     * @param log takes a line for each action that throws
     */
    void announce(String device, Consumer<String> log) {
        if (announced || !recorder.hasRecords()) {
            return;
        }
        announced = true;
        List<Runnable> actions;
        synchronized (waiting) {
            actions = List.copyOf(waiting);
            waiting.clear();
        }
        for (Runnable action : actions) {
            try {
                action.run();
            } catch (Throwable e) {
                log.accept("announcing " + device + " failed: " + e);
            }
        }
    }
}
