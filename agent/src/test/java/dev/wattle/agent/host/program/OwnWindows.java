/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.host.program;

import dev.wattle.EnergyWindow;
import dev.wattle.TrainingEpoch;
import dev.wattle.Wattle;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/**
 * Marks windows that nest and overlap across two threads, and two epochs, and tells what it learns of each in a line:
 * name, joules by device, quality, whether below the resolution, and between which instants it was opened and closed.
 *
 * <p>With the argument {@code metered} it waits for the meter first.
 */
public final class OwnWindows {
    private static final long LONGEST_NANOS = 30_000_000_000L;

    private OwnWindows() {}

    public static void main(String[] args) throws InterruptedException {
        long start = System.nanoTime();
        while (args[0].equals("metered") && !Wattle.isMetering() && System.nanoTime() - start < LONGEST_NANOS) {
            LockSupport.parkNanos(1_000_000);
        }
        System.out.println("metering " + Wattle.isMetering());
        Marked outer = new Marked("outer");
        Thread.sleep(1_000);
        CountDownLatch opened = new CountDownLatch(1);
        Marked[] overlapping = new Marked[1];
        Thread other = new Thread(() -> {
            overlapping[0] = new Marked("overlapping");
            opened.countDown();
        });
        other.start();
        opened.await();
        other.join();
        Marked inner = new Marked("inner");
        Thread.sleep(1_500);
        inner.close();
        outer.close();
        new Marked("moment").close();
        Thread.sleep(500);
        overlapping[0].close();
        epochs();
        for (Marked marked : new Marked[] {outer, overlapping[0], inner}) {
            marked.print();
        }
        // So that the meter's thread has told of all of them before the JVM ends.
        Thread.sleep(1_000);
    }

    private static void epochs() throws InterruptedException {
        int iterations = 0;
        for (int i = 0; i < 2; i++) {
            try (TrainingEpoch epoch = Wattle.epoch("digits", 2)) {
                for (int batch = 0; batch < 5; batch++) {
                    Thread.sleep(100);
                    epoch.iteration(64, 1.0 / ++iterations);
                }
                epoch.metric("accuracy", 0.9);
            }
        }
    }

    /** A window and what is known from outside of when it was open. */
    private static final class Marked {
        private final long beforeOpen = System.nanoTime();
        private final EnergyWindow window;
        private final long afterOpen;
        private long beforeClose;
        private long afterClose;

        Marked(String name) {
            window = Wattle.window(name);
            afterOpen = System.nanoTime();
        }

        void close() {
            beforeClose = System.nanoTime();
            window.close();
            afterClose = System.nanoTime();
        }

        void print() {
            System.out.println(String.join(
                    " ",
                    "window",
                    window.name(),
                    Double.toString(window.joules()),
                    window.joulesByDevice().toString().replace(" ", ""),
                    window.quality(),
                    Boolean.toString(window.belowResolution()),
                    Long.toString(beforeOpen),
                    Long.toString(afterOpen),
                    Long.toString(beforeClose),
                    Long.toString(afterClose)));
        }
    }
}
