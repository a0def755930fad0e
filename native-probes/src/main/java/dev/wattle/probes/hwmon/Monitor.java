/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.hwmon;

import dev.wattle.core.file.KernelFile;
import dev.wattle.core.probe.Sensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One entry of {@code /sys/class/hwmon}.
 *
 * @param directory its canonical path, the same however it was reached
 * @param device the canonical path of the device it belongs to; the directory itself where no device is named
 * @param name what its driver calls it: {@code amdgpu}, {@code ina3221}
 */
record Monitor(Path directory, Path device, String name) {
    /** Drivers show 0, or the greatest number of a field, where no limit is set. */
    private static final long LEAST_LIMIT_MICROWATTS = 1_000_000;

    private static final long MOST_LIMIT_MICROWATTS = 4_000_000_000L;

    /** The monitor that a link leads to; empty where it leads nowhere, as in a container that was given links alone. */
    static Optional<Monitor> at(Path link) {
        try {
            Path directory = link.toRealPath();
            Path device = directory.resolve("device");
            Monitor unnamed = new Monitor(directory, Files.exists(device) ? device.toRealPath() : directory, "");
            return Optional.of(new Monitor(directory, unnamed.device, unnamed.text("name")));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** An attribute's file, which need not exist. Older drivers keep the monitor's attributes with the device. */
    Path file(String attribute) {
        Path own = directory.resolve(attribute);
        return Files.exists(own) ? own : device.resolve(attribute);
    }

    boolean has(String attribute) {
        return Files.exists(file(attribute));
    }

    /** An attribute's text, stripped; empty where it cannot be read. */
    String text(String attribute) {
        return textOf(file(attribute)).strip();
    }

    /** The number that is an attribute, or {@link KernelFile#NONE}. */
    long number(String attribute) {
        try (KernelFile file = new KernelFile(file(attribute), HwmonProbe.CAPACITY)) {
            return file.refresh() ? file.onlyNumber() : KernelFile.NONE;
        }
    }

    /** The first of some limits of power that is one, in microwatts; {@link Sensor#NO_LIMIT} where none is. */
    long limitMicrowatts(String... attributes) {
        for (String attribute : attributes) {
            long microwatts = number(attribute);
            if (microwatts >= LEAST_LIMIT_MICROWATTS && microwatts <= MOST_LIMIT_MICROWATTS) {
                return microwatts;
            }
        }
        return Sensor.NO_LIMIT;
    }

    /** What the kernel says of the device under a key such as {@code PCI_ID}; empty where it says nothing. */
    String fact(String key) {
        return textOf(device.resolve("uevent"))
                .lines()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    /** Where the device sits: {@code 0000:03:00.0}; the last part of its path where it is not on a PCI bus. */
    String place() {
        String slot = fact("PCI_SLOT_NAME");
        return slot.isEmpty() ? String.valueOf(device.getFileName()) : slot;
    }

    /** Says {@code active} or {@code suspended}; telling it wakes nothing. It need not exist. */
    Path runtimeStatus() {
        return device.resolve("power/runtime_status");
    }

    /** Whether the device sleeps now, so that its sensors are not to be read. */
    boolean isAsleep() {
        RuntimeStatus status = new RuntimeStatus(Optional.of(runtimeStatus()));
        boolean asleep = status.isAsleep();
        status.close();
        return asleep;
    }

    private static String textOf(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException unreadable) {
            return "";
        }
    }
}
