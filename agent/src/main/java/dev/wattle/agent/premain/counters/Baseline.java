/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain.counters;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * What the processors' energy counters showed when the agent arrived, so that energy counts from there and not from when
 * the rest of the agent is up.
 *
 * <p>The kernel's own counters are read on the arriving thread, which is the program's: they are memory and registers, and
 * take microseconds. A tree that was configured may lie on any file system, which may hang, so that it is left to the
 * thread {@code wattle-agent}. Which of the counters are metered is decided later; all are read. What cannot be read is
 * left out, and nothing is thrown. Written by one thread before the others are told of it.
 */
public final class Baseline {
    private static final String KERNELS = "/sys/class/powercap";
    private static final String KEY = "powercap-root";
    private static final String ZONE = "intel-rapl";
    static final String COUNTER = "energy_uj";

    /** Control type, package, part of a package. */
    private static final int DEEPEST = 3;

    /** Two processors of sixteen dies each, twice over. */
    private static final int MOST = 128;

    /** Any 64-bit number and its line end. */
    private static final int LONGEST = 32;

    private static final long SURE_NANOS = 1_000_000;
    private static final int ATTEMPTS = 3;

    private final File root;
    private final boolean kernels;
    private File[] files = new File[8];
    private long[] nanos = new long[8];
    private long[] microjoules = new long[8];
    private volatile int size;

    private Baseline(File root, boolean kernels) {
        this.root = root;
        this.kernels = kernels;
    }

    /** Takes the kernel's counters now; those of a configured tree with {@link #takeConfigured}. */
    public static Baseline of(@Nullable String arguments) {
        String configured = configuredRoot(arguments);
        Baseline baseline = new Baseline(new File(configured == null ? KERNELS : configured), configured == null);
        if (baseline.kernels) {
            baseline.take();
        }
        return baseline;
    }

    public static Baseline ofTree(File root) {
        Baseline baseline = new Baseline(root, false);
        baseline.take();
        return baseline;
    }

    /** Takes the counters of a configured tree; does nothing where they are the kernel's. */
    public void takeConfigured() {
        if (!kernels) {
            take();
        }
    }

    /** How many counters could be read. */
    public int size() {
        return size;
    }

    /** The counter's file, by the way it was found. */
    public File file(int index) {
        return files[index];
    }

    /** When it had its value, by System.nanoTime(). */
    public long nanos(int index) {
        return nanos[index];
    }

    /** Its value in microjoules, not unwrapped. */
    public long microjoules(int index) {
        return microjoules[index];
    }

    private void take() {
        try {
            look(root, 1);
        } catch (RuntimeException forbidden) {
            // A security manager; the search that comes later says what cannot be read.
        }
    }

    private void look(File directory, int depth) {
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
            // The kernel shows every zone at the top, and once more inside the zone or type that it belongs to.
            if (name.startsWith(ZONE) && depth < DEEPEST && !isShownBeside(name, names)) {
                look(new File(directory, name), depth + 1);
            }
        }
    }

    private static boolean isShownBeside(String zone, String[] names) {
        for (String name : names) {
            if (name.length() > zone.length() && name.startsWith(zone) && name.charAt(zone.length()) == ':') {
                return true;
            }
        }
        return false;
    }

    private void read(File file) {
        // No pipe, which would make this thread wait.
        if (size == MOST || !file.isFile()) {
            return;
        }
        try {
            // A thread that was interrupted by others in the midst does not know when the counter had its value.
            for (int attempt = 1; !readOnce(file, attempt == ATTEMPTS ? Long.MAX_VALUE : SURE_NANOS); attempt++) {
                // Reads once more.
            }
        } catch (IOException unreadable) {
            // The search that comes later says so.
        }
    }

    /** False where it took longer than given. */
    private boolean readOnce(File file, long mostNanos) throws IOException {
        try (InputStream in = new FileInputStream(file)) {
            byte[] line = new byte[LONGEST];
            long before = System.nanoTime();
            int length = in.read(line);
            long after = System.nanoTime();
            if (after - before > mostNanos) {
                return false;
            }
            long value = number(line, length);
            if (value >= 0) {
                keep(file, before + (after - before) / 2, value);
            }
            return true;
        }
    }

    private void keep(File file, long at, long value) {
        if (size == files.length) {
            File[] moreFiles = new File[2 * size];
            long[] moreNanos = new long[2 * size];
            long[] moreMicrojoules = new long[2 * size];
            System.arraycopy(files, 0, moreFiles, 0, size);
            System.arraycopy(nanos, 0, moreNanos, 0, size);
            System.arraycopy(microjoules, 0, moreMicrojoules, 0, size);
            files = moreFiles;
            nanos = moreNanos;
            microjoules = moreMicrojoules;
        }
        files[size] = file;
        nanos[size] = at;
        microjoules[size] = value;
        size = size + 1;
    }

    /** The number that the text is, or -1. */
    static long number(String text) {
        byte[] line = new byte[text.length()];
        for (int i = 0; i < line.length; i++) {
            line[i] = (byte) text.charAt(i);
        }
        return number(line, line.length);
    }

    /** The number that stands alone in the line, or -1. */
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

    /** The configured tree, or null: the places of the configuration in their order, but for a file that it may name. */
    private static @Nullable String configuredRoot(@Nullable String arguments) {
        String text = argument(arguments);
        if (text == null) {
            text = System.getProperty("wattle." + KEY);
        }
        if (text == null) {
            text = System.getenv("WATTLE_POWERCAP_ROOT");
        }
        if (text == null || text.trim().isEmpty()) {
            return null;
        }
        text = text.trim();
        return text.startsWith("~/") ? System.getProperty("user.home") + text.substring(1) : text;
    }

    /** As the configuration takes its arguments apart. */
    private static @Nullable String argument(@Nullable String arguments) {
        int start = 0;
        while (arguments != null && start < arguments.length()) {
            int comma = arguments.indexOf(',', start);
            int end = comma < 0 ? arguments.length() : comma;
            int equals = arguments.indexOf('=', start);
            if (equals >= 0
                    && equals < end
                    && arguments.substring(start, equals).trim().equals(KEY)) {
                return arguments.substring(equals + 1, end);
            }
            start = end + 1;
        }
        return null;
    }
}
