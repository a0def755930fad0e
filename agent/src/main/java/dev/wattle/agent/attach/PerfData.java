/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.attach;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The texts that HotSpot publishes in the file {@code /tmp/hsperfdata_USER/PID}, in version 2 of the format that the JDK's
 * jps reads. Immutable.
 */
final class PerfData {
    private static final int MAGIC = 0xcafec0c0;
    private static final int VERSION = 2;
    private static final int LITTLE_ENDIAN = 1;
    private static final int LARGEST_BYTES = 1 << 20;
    private static final int ENTRY_HEAD_BYTES = 20;
    private static final byte TEXT = 'B';

    private final Map<String, String> texts;

    private PerfData(Map<String, String> texts) {
        this.texts = texts;
    }

    /**
     * Reads the file of a JVM; empty if there is none, or this user may not read it.
     *
     * @param temporary {@code /tmp}, whatever java.io.tmpdir is
     */
    static Optional<PerfData> of(Path temporary, LinuxProcess process) {
        try (Stream<Path> children = Files.list(temporary)) {
            return children.filter(child -> child.getFileName().toString().startsWith("hsperfdata_"))
                    .filter(child -> Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS) && process.owns(child))
                    .map(directory -> directory.resolve(Long.toString(process.innerPid())))
                    .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && process.owns(file))
                    .flatMap(file -> read(file).stream())
                    .findFirst();
        } catch (IOException | UncheckedIOException unreadable) {
            return Optional.empty();
        }
    }

    /**
     * Its owner may put anything there at any time. The file is opened for reading and writing, so that a pipe without a
     * writer does not block the tool. It is read at a position, which fails for a pipe and for a terminal.
     */
    static Optional<PerfData> read(Path file) {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            ByteBuffer data = ByteBuffer.allocate(LARGEST_BYTES);
            while (data.hasRemaining() && channel.read(data, data.position()) > 0) {
                // Continue until the end.
            }
            return parse(data.flip());
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
            if (length < ENTRY_HEAD_BYTES || length > data.limit() - entry) {
                break;
            }
            // Each text is read only within its entry, so that reading ends soon whatever the file has.
            ByteBuffer own = data.slice(entry, length).order(data.order());
            if (own.get(12) == TEXT && own.getInt(8) > 0) {
                texts.put(text(own, own.getInt(4), length), text(own, own.getInt(16), own.getInt(8)));
            }
            entry += length;
        }
        return Optional.of(new PerfData(texts));
    }

    private static String text(ByteBuffer entry, int start, int longest) {
        int end = start;
        while (end < entry.limit() && end - start < longest && entry.get(end) != 0) {
            end++;
        }
        return StandardCharsets.UTF_8.decode(entry.slice(start, end - start)).toString();
    }

    /** The main class, or the jar, and its arguments. */
    Optional<String> command() {
        return text("sun.rt.javaCommand");
    }

    Optional<String> javaVersion() {
        return text("java.property.java.version");
    }

    /** False if the JVM says that it forbids attaching. */
    boolean isAttachable() {
        return text("sun.rt.jvmCapabilities")
                .map(capabilities -> capabilities.startsWith("1"))
                .orElse(true);
    }

    private Optional<String> text(String name) {
        return Optional.ofNullable(texts.get(name)).filter(text -> !text.isEmpty());
    }
}
