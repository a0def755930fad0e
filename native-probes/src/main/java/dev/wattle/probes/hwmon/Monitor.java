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
 * @param directory its canonical path
 * @param device the canonical path of its device, or the directory if there is none
 * @param name the name that its driver gives it: {@code amdgpu}, {@code ina3221}
 */
record Monitor(Path directory, Path device, String name) {
    /** Drivers show 0, or the maximum of the field, if no limit is set. */
    private static final long MIN_LIMIT_MICROWATTS = 1_000_000;

    private static final long MAX_LIMIT_MICROWATTS = 4_000_000_000L;

    /** The monitor that a link refers to; empty if the link is broken, as in a container that has only the links. */
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

    /** The text of an attribute, stripped; empty if it cannot be read. */
    String text(String attribute) {
        return textOf(file(attribute)).strip();
    }

    /** The number in an attribute, or {@link KernelFile#NONE}. */
    long number(String attribute) {
        try (KernelFile file = new KernelFile(file(attribute), HwmonProbe.CAPACITY)) {
            return file.refresh() ? file.onlyNumber() : KernelFile.NONE;
        }
    }

    /** The first plausible power limit of some attributes, in microwatts; {@link Sensor#NO_LIMIT} if there is none. */
    long limitMicrowatts(String... attributes) {
        for (String attribute : attributes) {
            long microwatts = number(attribute);
            if (microwatts >= MIN_LIMIT_MICROWATTS && microwatts <= MAX_LIMIT_MICROWATTS) {
                return microwatts;
            }
        }
        return Sensor.NO_LIMIT;
    }

    /** The value of a key such as {@code PCI_ID} in the device's uevent file; empty if there is none. */
    String fact(String key) {
        return textOf(device.resolve("uevent"))
                .lines()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    /** The PCI address of the device, such as {@code 0000:03:00.0}; else the last part of its path. */
    String place() {
        String slot = fact("PCI_SLOT_NAME");
        return slot.isEmpty() ? String.valueOf(device.getFileName()) : slot;
    }

    /** The file with {@code active} or {@code suspended}, which may not exist. Reading it wakes nothing. */
    Path runtimeStatus() {
        return device.resolve("power/runtime_status");
    }

    /** Whether the device sleeps now, so that its sensors must not be read. */
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
