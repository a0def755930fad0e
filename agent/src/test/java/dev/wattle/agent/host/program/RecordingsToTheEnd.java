/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.host.program;

import java.io.IOException;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;

/** Has threads that start and stop recordings for as long as the JVM lets them; ends when its standard input does. */
public final class RecordingsToTheEnd {
    private static final int THREADS = 2;

    private RecordingsToTheEnd() {}

    public static void main(String[] args) throws IOException {
        FlightRecorder.getFlightRecorder();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(RecordingsToTheEnd::record);
            thread.setDaemon(true);
            thread.start();
        }
        UntilInputEnds.main(args);
    }

    private static void record() {
        while (true) {
            try (Recording recording = new Recording()) {
                recording.enable("wattle.Power");
                recording.start();
                recording.stop();
            } catch (RuntimeException ending) {
                // The recorder ends with the JVM.
            }
        }
    }
}
