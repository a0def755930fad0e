/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What HotSpot publishes about itself in the file {@code /tmp/hsperfdata_USER/PID}, version 2 of its format: the layout
 * that the JDK's jps reads, of which only the texts are kept. Immutable.
 */
final class PerfData {
    private static final int MAGIC = 0xcafec0c0;
    private static final int VERSION = 2;
    private static final int LITTLE_ENDIAN = 1;
    private static final int LARGEST_BYTES = 1 << 20;
    private static final byte TEXT = 'B';

    private final Map<String, String> texts;

    private PerfData(Map<String, String> texts) {
        this.texts = texts;
    }

    /**
     * Of the JVM with that number; empty where it publishes nothing, or not to this user.
     *
     * @param temporary {@code /tmp}, wherever java.io.tmpdir may point
     * @param pid by which the JVM knows itself
     */
    static Optional<PerfData> of(Path temporary, long pid) {
        try (Stream<Path> children = Files.list(temporary)) {
            return children.filter(child -> child.getFileName().toString().startsWith("hsperfdata_"))
                    .map(directory -> directory.resolve(Long.toString(pid)))
                    .filter(Files::isRegularFile)
                    .flatMap(file -> read(file).stream())
                    .findFirst();
        } catch (IOException | UncheckedIOException unreadable) {
            return Optional.empty();
        }
    }

    static Optional<PerfData> read(Path file) {
        try {
            if (Files.size(file) > LARGEST_BYTES) {
                return Optional.empty();
            }
            return parse(ByteBuffer.wrap(Files.readAllBytes(file)));
        } catch (IOException | BufferUnderflowException | IndexOutOfBoundsException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<PerfData> parse(ByteBuffer data) {
        if (data.getInt(0) != MAGIC || data.get(5) != VERSION) {
            return Optional.empty();
        }
        data.order(data.get(4) == LITTLE_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        Map<String, String> texts = new HashMap<>();
        int entry = data.getInt(24);
        int entries = data.getInt(28);
        for (int i = 0; i < entries; i++) {
            int length = data.getInt(entry);
            int vectorLength = data.getInt(entry + 8);
            if (length <= 0) {
                break;
            }
            if (data.get(entry + 12) == TEXT && vectorLength > 0) {
                int value = entry + data.getInt(entry + 16);
                texts.put(
                        text(data, entry + data.getInt(entry + 4), Integer.MAX_VALUE), text(data, value, vectorLength));
            }
            entry += length;
        }
        return Optional.of(new PerfData(texts));
    }

    private static String text(ByteBuffer data, int start, int longest) {
        int end = start;
        while (end < data.limit() && end - start < longest && data.get(end) != 0) {
            end++;
        }
        return new String(data.array(), start, end - start, StandardCharsets.UTF_8);
    }

    /** The main class, or the jar, and its arguments. */
    Optional<String> command() {
        return text("sun.rt.javaCommand");
    }

    Optional<String> javaVersion() {
        return text("java.property.java.version");
    }

    /** False where the JVM says that it lets nobody attach. */
    boolean isAttachable() {
        return text("sun.rt.jvmCapabilities")
                .map(capabilities -> capabilities.startsWith("1"))
                .orElse(true);
    }

    private Optional<String> text(String name) {
        return Optional.ofNullable(texts.get(name)).filter(text -> !text.isEmpty());
    }
}
