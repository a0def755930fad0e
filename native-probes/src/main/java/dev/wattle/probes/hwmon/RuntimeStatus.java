/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.hwmon;

import dev.wattle.core.file.KernelFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a device sleeps. Most drivers wake a GPU to read its power or its counter, so this is read first, which wakes
 * nothing. Used by one thread.
 */
final class RuntimeStatus {
    /** The prefix of {@code suspended} and {@code suspending}. */
    private static final byte[] SUSPENDED = "suspend".getBytes(StandardCharsets.US_ASCII);

    /** A read would wait until the device is up. */
    private static final byte[] RESUMING = "resuming".getBytes(StandardCharsets.US_ASCII);

    private final @Nullable KernelFile file;

    /** @param path {@code power/runtime_status}; without it the device counts as awake */
    RuntimeStatus(Optional<Path> path) {
        this.file = path.filter(Files::exists)
                .map(existing -> new KernelFile(existing, HwmonProbe.CAPACITY))
                .orElse(null);
    }

    boolean isAsleep() {
        return file != null && file.refresh() && (file.findLine(SUSPENDED) || file.findLine(RESUMING));
    }

    void close() {
        if (file != null) {
            file.close();
        }
    }
}
