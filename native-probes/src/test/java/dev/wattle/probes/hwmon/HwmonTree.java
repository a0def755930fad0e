/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.hwmon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Hardware monitors as the kernel lays them out: each in the directory of its device, which it links back to, and linked
 * from {@code class/hwmon}.
 *
 * <p>The methods named after machines build what those machines show.
 */
final class HwmonTree {
    private final Path devices;
    private final Path links;

    HwmonTree(Path sys) {
        devices = sys.resolve("devices");
        links = make(sys.resolve("class/hwmon"));
    }

    /** What {@code /sys/class/hwmon} is. */
    Path root() {
        return links;
    }

    /** The path of a monitor's or, with {@code ../..} in it, of its device's attribute. */
    Path file(int number, String attribute) {
        try {
            return links.resolve("hwmon" + number)
                    .toRealPath()
                    .resolve(attribute)
                    .normalize();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds the monitor of a PCI device, awake; several may share the device. */
    HwmonTree pci(int number, String slot, String id, String name) {
        String device = "pci0000:00/0000:00:01.1/" + slot;
        return deviceFile(device, "uevent", "DRIVER=" + name + "\nPCI_ID=" + id + "\nPCI_SLOT_NAME=" + slot)
                .deviceFile(device, "irq", "145")
                .deviceFile(device, "power/runtime_status", "active")
                .add(number, device)
                .with(number, "name", name);
    }

    /** Adds a monitor of any other device. */
    HwmonTree add(int number, String device) {
        Path directory = make(devices.resolve(device).resolve("hwmon/hwmon" + number));
        link(directory.resolve("device"), Path.of("../.."));
        link(links.resolve("hwmon" + number), directory);
        return this;
    }

    HwmonTree with(int number, String attribute, String content) {
        write(links.resolve("hwmon" + number).resolve(attribute), content + "\n");
        return this;
    }

    HwmonTree status(int number, String status) {
        return with(number, "device/power/runtime_status", status);
    }

    /** Makes an attribute fail when it is opened, for root as for anyone. */
    HwmonTree poison(int number, String attribute) {
        Path file = file(number, attribute);
        delete(file);
        make(file);
        return this;
    }

    /** Takes the device out of its slot. */
    HwmonTree unplug(int number) {
        delete(file(number, "../.."));
        delete(links.resolve("hwmon" + number));
        return this;
    }

    HwmonTree mi210Server() {
        return others().pci(5, "0000:63:00.0", "1002:740F", "amdgpu")
                .with(5, "power1_average", "43000000")
                .with(5, "power1_cap", "300000000")
                .with(5, "in0_label", "vddgfx")
                .with(5, "device/product_name", "AMD Instinct MI210")
                .with(5, "device/unique_id", "8a5c1d0e2f3b4a69")
                .pci(4, "0000:c3:00.0", "1002:740F", "amdgpu")
                .with(4, "power1_average", "41000000")
                .with(4, "power1_cap", "300000000")
                .with(4, "in0_label", "vddgfx")
                .with(4, "device/product_name", "AMD Instinct MI210")
                .with(4, "device/unique_id", "1f2e3d4c5b6a7988");
    }

    /** Two modules; the second die of each reports no power. */
    HwmonTree mi250Server() {
        String[] slots = {"0000:29:00.0", "0000:2c:00.0", "0000:2f:00.0", "0000:32:00.0"};
        for (int die = 0; die < slots.length; die++) {
            pci(die, slots[die], "1002:740C", "amdgpu")
                    .with(die, "power1_average", die % 2 == 0 ? "9" + die + "000000" : "0")
                    .with(die, "power1_cap", die % 2 == 0 ? "560000000" : "0");
        }
        return this;
    }

    HwmonTree mi300xServer() {
        return others().pci(4, "0000:05:00.0", "1002:74A1", "amdgpu")
                .with(4, "power1_input", "137000000")
                .with(4, "power1_cap", "750000000");
    }

    /** A Radeon RX 7900 XTX beside the small GPU of a Ryzen 7 7700X. */
    HwmonTree rx7900Desktop() {
        return others().pci(2, "0000:03:00.0", "1002:744C", "amdgpu")
                .with(2, "power1_average", "18000000")
                .with(2, "power1_cap", "327000000")
                .with(2, "in0_label", "vddgfx")
                .pci(3, "0000:0f:00.0", "1002:164E", "amdgpu")
                .with(3, "power1_input", "31000000")
                .with(3, "power1_label", "PPT")
                .with(3, "in0_label", "vddgfx")
                .with(3, "in1_label", "vddnb");
    }

    HwmonTree ryzenApuLaptop() {
        return others().pci(4, "0000:c1:00.0", "1002:15BF", "amdgpu")
                .with(4, "power1_input", "9000000")
                .with(4, "power1_label", "PPT")
                .with(4, "in1_label", "vddnb");
    }

    HwmonTree arcA770Workstation() {
        return others().pci(1, "0000:03:00.0", "8086:56A0", "i915")
                .with(1, "energy1_input", "1234567890")
                .with(1, "power1_max", "190000000");
    }

    /** The same card under the newer driver, which knows of the chip alone. */
    HwmonTree arcA770UnderXe() {
        return others().pci(1, "0000:03:00.0", "8086:56A0", "xe")
                .with(1, "energy2_input", "1234567890")
                .with(1, "energy2_label", "pkg");
    }

    HwmonTree arcB580() {
        return others().pci(1, "0000:04:00.0", "8086:E20B", "xe")
                .with(1, "energy1_input", "5000000000")
                .with(1, "energy1_label", "card")
                .with(1, "energy2_input", "4000000000")
                .with(1, "energy2_label", "pkg");
    }

    HwmonTree gpuMax1550() {
        return others().pci(1, "0000:29:00.0", "8086:0BD5", "i915_gt0")
                .with(1, "energy1_input", "3000000000")
                .pci(2, "0000:29:00.0", "8086:0BD5", "i915_gt1")
                .with(2, "energy1_input", "2900000000")
                .pci(3, "0000:29:00.0", "8086:0BD5", "i915")
                .with(3, "energy1_input", "7000000000");
    }

    HwmonTree tigerLakeLaptop() {
        return others().pci(6, "0000:00:02.0", "8086:9A49", "i915").with(6, "in0_input", "0");
    }

    HwmonTree gh200() {
        return others().acpi(1, "Module Power Socket 0", 282_000_000)
                .acpi(2, "Grace Power Socket 0", 101_000_000)
                .acpi(3, "CPU Power Socket 0", 38_000_000)
                .acpi(4, "SysIO Power Socket 0", 17_000_000);
    }

    HwmonTree graceSuperchip() {
        for (int socket = 0; socket < 2; socket++) {
            acpi(3 * socket + 1, "SysIO Power Socket " + socket, 18_000_000)
                    .acpi(3 * socket + 2, "CPU Power Socket " + socket, 52_000_000)
                    .acpi(3 * socket + 3, "Grace Power Socket " + socket, 120_000_000 + socket);
        }
        return this;
    }

    HwmonTree orinNano() {
        return ina3221(1, "1-0040", "VDD_IN", "VDD_CPU_GPU_CV", "VDD_SOC");
    }

    HwmonTree agxOrin() {
        return ina3221(3, "1-0040", "VDD_GPU_SOC", "VDD_CPU_CV", "VIN_SYS_5V0")
                .ina3221(4, "1-0041", "NC", "VDDQ_VDD2_1V8AO", "NC");
    }

    HwmonTree agxXavier() {
        return ina3221(2, "1-0040", "GPU", "CPU", "SOC").ina3221(3, "1-0041", "CV", "VDDRQ", "SYS5V");
    }

    /** Rails of 5 V and 100, 200 and 300 mA, and beside them the chip that measures all the board takes: 40 W. */
    HwmonTree agxThor() {
        return ina3221(4, "2-0040", "VDD_GPU", "VDD_CPU_SOC_MSS", "VIN_SYS_5V0").ina238(5, "2-0044", "VIN");
    }

    HwmonTree ina238(int number, String address, String label) {
        return add(number, "platform/bus@0/810c5b0000.i2c/i2c-2/" + address)
                .with(number, "name", "ina238")
                .with(number, "label", label)
                .with(number, "in0_input", "4")
                .with(number, "in1_input", "20000")
                .with(number, "curr1_input", "2000")
                .with(number, "power1_input", "40000000");
    }

    HwmonTree xeonWithBmcPowerMeter() {
        return others().acpi(3, "", 415_000_000);
    }

    /** The power meter of an ACPI firmware, under an older driver: its attributes lie with the device. */
    HwmonTree acpi(int number, String oemInfo, long microwatts) {
        String device = "LNXSYSTM:00/LNXSYBUS:00/ACPI000D:0" + number;
        return add(number, device)
                .deviceFile(device, "name", "power_meter")
                .deviceFile(device, "power1_oem_info", oemInfo)
                .deviceFile(device, "power1_average", String.valueOf(microwatts))
                .deviceFile(device, "power1_average_interval", "50")
                .deviceFile(device, "power1_average_interval_min", "50");
    }

    /** Three rails of 5 V and 100, 200 and 300 mA. */
    HwmonTree ina3221(int number, String address, String... labels) {
        add(number, "platform/bus@0/c240000.i2c/i2c-1/" + address)
                .with(number, "name", "ina3221")
                .with(number, "update_interval", "7")
                .with(number, "in7_label", "sum of shunt voltages")
                .with(number, "in7_input", "4000")
                .with(number, "curr4_input", "600");
        for (int channel = 1; channel <= labels.length; channel++) {
            with(number, "in" + channel + "_label", labels[channel - 1])
                    .with(number, "in" + channel + "_input", "5000")
                    .with(number, "curr" + channel + "_input", channel + "00");
        }
        return this;
    }

    /** Monitors that every machine has and that tell no power. */
    HwmonTree others() {
        return add(0, "platform/coretemp.0")
                .with(0, "name", "coretemp")
                .with(0, "temp1_input", "41000")
                .add(10, "pci0000:00/0000:00:1d.0/0000:02:00.0/nvme/nvme0")
                .with(10, "name", "nvme");
    }

    private HwmonTree deviceFile(String device, String attribute, String content) {
        Path file = devices.resolve(device).resolve(attribute);
        make(file.resolveSibling("."));
        write(file, content + "\n");
        return this;
    }

    static void delete(Path tree) {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String content) {
        try {
            Files.writeString(file, content, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path make(Path directory) {
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void link(Path link, Path target) {
        try {
            Files.createSymbolicLink(link, target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
