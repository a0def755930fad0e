/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.nvml;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;

/**
 * A library in a directory of its own that speaks NVML's binary interface over GPUs whose every joule is known.
 *
 * <p>It is loaded from {@link #library()}, in this process or another, and once in each: another installation is
 * another library. Its time is nanoseconds since t = 0, where a test advances it, or that of
 * {@link System#nanoTime()}.
 *
 * <p>Safe from any thread.
 */
public final class FakeNvml {
    private static final VarHandle NANOS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int NAME_BYTES = 56;
    private static final int RECORD_BYTES = NAME_BYTES + Long.BYTES;

    private final Path directory;
    private final List<GpuScript> gpus;
    private final boolean realTime;
    private final long start;
    private final ByteBuffer clock;

    private FakeNvml(Path directory, List<GpuScript> gpus, boolean realTime, long start, ByteBuffer clock) {
        this.directory = directory;
        this.gpus = gpus;
        this.realTime = realTime;
        this.start = start;
        this.clock = clock;
    }

    static FakeNvml of(
            Path directory,
            List<String> script,
            Set<String> absentFunctions,
            List<GpuScript> gpus,
            boolean realTime,
            long start) {
        try {
            FakeNvmlBuild.build(directory.resolve("libnvidia-ml.so.1"), absentFunctions);
            // One byte a character, so that a name can be what is no UTF-8.
            Files.write(directory.resolve("nvml.script"), script, StandardCharsets.ISO_8859_1);
            Path file = directory.resolve("nvml.clock");
            try (FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                ByteBuffer clock = channel.map(FileChannel.MapMode.READ_WRITE, 0, Long.BYTES);
                return new FakeNvml(directory, gpus, realTime, start, clock);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path library() {
        return directory.resolve("libnvidia-ml.so.1");
    }

    public String uuid(int gpu) {
        return gpus.get(gpu).uuid();
    }

    /** What the library's clock shows. */
    public long nanoTime() {
        return realTime ? System.nanoTime() : (long) NANOS.getVolatile(clock, 0);
    }

    public void advanceTo(long nanos) {
        if (realTime) {
            throw new IllegalStateException("real time advances by itself");
        }
        NANOS.setVolatile(clock, 0, nanos);
    }

    public void advance(long nanos) {
        advanceTo(nanoTime() + nanos);
    }

    /** Exactly what the GPU drew between two times of {@link #nanoTime()}. */
    public double joules(int gpu, long fromNanos, long toNanos) {
        return gpus.get(gpu).power().joules((fromNanos - start) / 1e9, (toNanos - start) / 1e9);
    }

    /** Exactly what the GPU's module drew between two times of {@link #nanoTime()}, the GPU included. */
    public double moduleJoules(int gpu, long fromNanos, long toNanos) {
        return gpus.get(gpu).moduleFactor() * joules(gpu, fromNanos, toNanos);
    }

    /** From now on a call of this function, or of all ({@code *}), does not return until it is {@linkplain #release released}. */
    public void hang(String function) {
        try {
            Path written = Files.writeString(directory.resolve("nvml.hang.new"), function + "\n");
            Files.move(written, directory.resolve("nvml.hang"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets all calls return. */
    public void release() {
        try {
            Files.deleteIfExists(directory.resolve("nvml.hang"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many calls have been made to hang so far. */
    public long hung() {
        return calls("hang");
    }

    /**
     * How often a function was called in all processes so far, or a field read ({@code field:185}). The calls of two
     * processes at the same time may be miscounted; {@code nvmlErrorString} is not counted.
     */
    public long calls(String function) {
        Path file = directory.resolve("nvml.calls");
        try {
            ByteBuffer records = ByteBuffer.wrap(Files.exists(file) ? Files.readAllBytes(file) : new byte[0])
                    .order(ByteOrder.LITTLE_ENDIAN);
            for (int at = 0; at < records.limit(); at += RECORD_BYTES) {
                String name = new String(records.array(), at, NAME_BYTES, StandardCharsets.US_ASCII);
                if (name.replace("\0", "").equals(function)) {
                    return records.getLong(at + NAME_BYTES);
                }
            }
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
