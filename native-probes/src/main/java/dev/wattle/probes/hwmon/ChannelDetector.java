/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.hwmon;

import dev.wattle.core.file.KernelFile;
import dev.wattle.core.probe.Readings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Tries a channel once before it is metered, without waking its device. */
final class ChannelDetector implements Readings {
    private boolean hasValue;

    private ChannelDetector() {}

    /** Why a channel cannot be metered; empty if it can, or if its device sleeps and can be read once it is awake. */
    static Optional<String> whyUnreadable(Channel channel) {
        if (channel.isAsleep()) {
            return channel.inputs().stream()
                    .filter(file -> !Files.isReadable(file))
                    .map(file -> file + " (Permission denied)")
                    .findFirst();
        }
        ChannelDetector detector = new ChannelDetector();
        try (DomainReader reader = channel.open()) {
            reader.read(0, detector);
        }
        if (detector.hasValue) {
            return Optional.empty();
        }
        return Optional.of(channel.inputs().stream()
                .map(ChannelDetector::trouble)
                .filter(trouble -> !trouble.isEmpty())
                .findFirst()
                .orElse(channel.inputs().get(0) + " shows no power"));
    }

    private static String trouble(Path path) {
        try (KernelFile file = new KernelFile(path, HwmonProbe.CAPACITY)) {
            file.refresh();
            return file.trouble();
        }
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public boolean wants(int domain) {
        return true;
    }

    @Override
    public void counter(int domain, long beforeNanos, long afterNanos, long microjoules) {
        hasValue = true;
    }

    @Override
    public void power(int domain, long beforeNanos, long afterNanos, long microwatts) {
        hasValue = true;
    }

    @Override
    public void check(int domain, long beforeNanos, long afterNanos, long microwatts) {}

    @Override
    public void failed(int domain) {}

    @Override
    public void lost(int domain, String reason) {}
}
