/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.host.program;

import dev.wattle.agent.bridge.TrainingBridge;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs another program's main under the agent with a sink of its own in the bridge, and leaves what it was told in a file:
 * a line each of event, subject, thread, size, value and, for a figure, its name.
 *
 * <p>Arguments: the file; a class of the framework, which has the weaver built before the program begins; the number of
 * events, or 0, of which kind (their lowest byte), after which training is to stop; the main class and its arguments.
 * Training is then stopped for what was told of.
 */
public final class RecordedTraining {
    private static final long LONGEST_NANOS = 60_000_000_000L;
    private static final int KIND = 0xFF;

    private RecordedTraining() {}

    public static void main(String[] args) throws Exception {
        Class.forName(args[1], false, RecordedTraining.class.getClassLoader());
        if (!awaitWeaver()) {
            System.out.println("no weaver");
            return;
        }
        Recorder recorder = new Recorder(Integer.parseInt(args[2]), Integer.parseInt(args[3]));
        TrainingBridge.connect(recorder);
        String[] rest = new String[args.length - 5];
        System.arraycopy(args, 5, rest, 0, rest.length);
        Class.forName(args[4]).getMethod("main", String[].class).invoke(null, (Object) rest);
        TrainingBridge.connect(null);
        recorder.writeTo(Path.of(args[0]));
        System.out.println("bridge failures: " + TrainingBridge.failures());
    }

    /** The thread that builds the weaver waits, when it has handed it over, before it looks for further classes. */
    private static boolean awaitWeaver() {
        long start = System.nanoTime();
        while (System.nanoTime() - start < LONGEST_NANOS) {
            for (var thread : Thread.getAllStackTraces().entrySet()) {
                if (thread.getKey().getName().equals("wattle-instrument")) {
                    for (StackTraceElement frame : thread.getValue()) {
                        if (frame.getMethodName().equals("isClosedWithin")) {
                            return true;
                        }
                    }
                }
            }
            LockSupport.parkNanos(1_000_000);
        }
        return false;
    }

    private static final class Recorder implements TrainingBridge.Sink {
        private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
        private final Set<Long> trained = ConcurrentHashMap.newKeySet();
        private final AtomicLong before;
        private final int kind;

        Recorder(int count, int kind) {
            this.before = new AtomicLong(count == 0 ? Long.MAX_VALUE : count);
            this.kind = kind;
        }

        @Override
        public void mark(int event, int subject, long size, double value) {
            add(event, subject, size, value, "");
            trained.add((long) subject);
            if ((event & KIND) == kind) {
                before.decrementAndGet();
            }
        }

        @Override
        public void metric(int event, int subject, String name, double value) {
            add(event, subject, -1, value, name);
        }

        @Override
        public boolean stops(int framework, int subject) {
            return before.get() <= 0 && trained.contains((long) subject);
        }

        void writeTo(Path file) throws IOException {
            try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
                lines.forEach(out::println);
            }
        }

        private void add(int event, int subject, long size, double value, String name) {
            long thread = Thread.currentThread().getId();
            lines.add(event + " " + subject + " " + thread + " " + size + " " + value + " " + name);
        }
    }
}
