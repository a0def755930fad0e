/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.track;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An event file of TensorBoard. It is only appended to, in whole records, so what a killed JVM leaves can be read. The
 * records of a write that fails are removed. TensorBoard has no place for the notes.
 */
final class TensorBoardSink implements TrackerSink {
    private static final int MAX_BATCH = 1_000;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Path directory;
    private final Path file;
    private final long startMillis;
    private @Nullable FileChannel channel;
    private long length;

    /**
     * Creates nothing yet.
     *
     * @param host the machine's name, a part of the file's
     */
    TensorBoardSink(Path directory, String host, long pid, long startMillis) {
        this.directory = directory;
        String name = host.replaceAll("[^A-Za-z0-9._-]", "_");
        this.file = directory.resolve("events.out.tfevents." + startMillis / 1_000 + "." + name + "." + pid);
        this.startMillis = startMillis;
    }

    @Override
    public String place() {
        return "TensorBoard's file " + file;
    }

    @Override
    public int maxBatch() {
        return MAX_BATCH;
    }

    @Override
    public long pauseNanos() {
        return PAUSE_NANOS;
    }

    @Override
    public Delivery deliver(List<Scalar> scalars, Map<String, String> notes) {
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        for (Scalar scalar : scalars) {
            records.writeBytes(EventRecord.of(scalar));
        }
        try {
            FileChannel open = open();
            append(open, records.toByteArray());
            return new Delivery.Done();
        } catch (IOException | SecurityException e) {
            return new Delivery.Later(e.toString(), Optional.empty());
        }
    }

    @Override
    public void interrupt() {
        // A disk answers, or nothing can be done about it.
    }

    @Override
    public void close() {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException allIsWritten) {
                // Each write reported its own failure.
            }
        }
    }

    private FileChannel open() throws IOException {
        FileChannel open = channel;
        if (open != null && Files.notExists(file)) {
            // The one who removed it wants the curves to start again; a file without a name keeps nothing.
            close();
            open = null;
        }
        if (open == null) {
            Files.createDirectories(directory);
            open = FileChannel.open(
                    file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
            length = open.size();
            channel = open;
        }
        if (length == 0) {
            append(open, EventRecord.version(startMillis));
        }
        return open;
    }

    private void append(FileChannel open, byte[] bytes) throws IOException {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                open.write(buffer, length + buffer.position());
            }
            length += bytes.length;
        } catch (IOException e) {
            open.truncate(length);
            throw e;
        }
    }
}
