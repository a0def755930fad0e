/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain.counters;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The processors' energy counters on the agent's arrival. Energy counts from these values, not from the first reading of
 * the meter.
 *
 * <p>The kernel's tree is read on the program's thread, because its counters are memory and registers and take
 * microseconds. A configured tree may be on any file system, which may hang, so the thread {@code wattle-agent} reads it.
 * All counters are read; which of them are metered is decided later. An unreadable counter is left out. Nothing is thrown.
 * One thread writes it before it is published to others.
 */
public final class Baseline {
    private static final String KERNEL_ROOT = "/sys/class/powercap";
    private static final String ZONE = "intel-rapl";
    static final String COUNTER = "energy_uj";

    /** The levels are control type, package, and part of a package. */
    private static final int MAX_DEPTH = 3;

    /** Twice what two processors of sixteen dies each have. */
    private static final int MAX_COUNTERS = 128;

    /** Room for any 64-bit number and its line end. */
    private static final int MAX_BYTES = 32;

    private static final long MAX_READ_NANOS = 1_000_000;
    private static final int ATTEMPTS = 3;

    private final File root;
    private final boolean isKernelTree;
    private File[] files = new File[8];
    private long[] nanos = new long[8];
    private long[] microjoules = new long[8];
    private volatile int size;

    private Baseline(File root, boolean isKernelTree) {
        this.root = root;
        this.isKernelTree = isKernelTree;
    }

    /**
     * Reads the kernel's tree now. {@link #takeConfigured} reads a configured tree.
     *
     * @param arguments the agent's arguments, which may configure a tree
     */
    public static Baseline of(@Nullable String arguments) {
        String configured = PowercapRoot.configured(arguments);
        Baseline baseline = new Baseline(new File(configured == null ? KERNEL_ROOT : configured), configured == null);
        if (baseline.isKernelTree) {
            baseline.take();
        }
        return baseline;
    }

    /** Reads a tree now. */
    public static Baseline ofTree(File root) {
        Baseline baseline = new Baseline(root, false);
        baseline.take();
        return baseline;
    }

    /** Reads a configured tree; does nothing if there is none. */
    public void takeConfigured() {
        if (!isKernelTree) {
            take();
        }
    }

    /** The number of counters that were read. */
    public int size() {
        return size;
    }

    /** The counter's file, on the path on which it was found. */
    public File file(int index) {
        return files[index];
    }

    /** When the counter had its value, by System.nanoTime(). */
    public long nanos(int index) {
        return nanos[index];
    }

    /** The value in microjoules, not unwrapped. */
    public long microjoules(int index) {
        return microjoules[index];
    }

    private void take() {
        try {
            readAll(root, 1);
        } catch (RuntimeException forbidden) {
            // By a security manager. The later search for sources reports what cannot be read.
        }
    }

    private void readAll(File directory, int depth) {
        String[] names = directory.list();
        if (names == null) {
            return;
        }
        for (String name : names) {
            if (name.startsWith(ZONE) && name.indexOf(':') > 0) {
                read(new File(new File(directory, name), COUNTER));
            }
        }
        for (String name : names) {
            // The kernel shows every zone at the top, and again inside the zone or type that it belongs to.
            if (name.startsWith(ZONE) && depth < MAX_DEPTH && !isShownAtThisLevel(name, names)) {
                readAll(new File(directory, name), depth + 1);
            }
        }
    }

    private static boolean isShownAtThisLevel(String zone, String[] names) {
        for (String name : names) {
            if (name.length() > zone.length() && name.startsWith(zone) && name.charAt(zone.length()) == ':') {
                return true;
            }
        }
        return false;
    }

    private void read(File file) {
        // A pipe would make this thread wait.
        if (size == MAX_COUNTERS || !file.isFile()) {
            return;
        }
        try {
            // If the thread was descheduled during the read, the time of the value is unknown.
            for (int attempt = 1; !readOnce(file, attempt == ATTEMPTS ? Long.MAX_VALUE : MAX_READ_NANOS); attempt++) {
                // Read again.
            }
        } catch (IOException unreadable) {
            // The later search for sources reports it.
        }
    }

    /** Reads the counter; false if the read took longer than {@code maxNanos}, so that its time is uncertain. */
    private boolean readOnce(File file, long maxNanos) throws IOException {
        try (InputStream in = new FileInputStream(file)) {
            byte[] line = new byte[MAX_BYTES];
            long before = System.nanoTime();
            int length = in.read(line);
            long after = System.nanoTime();
            if (after - before > maxNanos) {
                return false;
            }
            long value = number(line, length);
            if (value >= 0) {
                add(file, before + (after - before) / 2, value);
            }
            return true;
        }
    }

    private void add(File file, long at, long value) {
        if (size == files.length) {
            files = Arrays.copyOf(files, 2 * size);
            nanos = Arrays.copyOf(nanos, 2 * size);
            microjoules = Arrays.copyOf(microjoules, 2 * size);
        }
        files[size] = file;
        nanos[size] = at;
        microjoules[size] = value;
        size = size + 1;
    }

    /** The number in the text, or -1. */
    static long number(String text) {
        return number(text.getBytes(StandardCharsets.ISO_8859_1), text.length());
    }

    /** The number that is alone in the line, or -1. */
    private static long number(byte[] line, int length) {
        long value = 0;
        int digits = 0;
        for (int i = 0; i < length; i++) {
            int c = line[i];
            if (c >= '0' && c <= '9' && digits == i && digits < 18) {
                value = 10 * value + (c - '0');
                digits++;
            } else if (c < 0 || c > ' ') {
                return -1;
            }
        }
        return digits == 0 ? -1 : value;
    }
}
