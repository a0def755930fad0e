/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.model;

import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.CentralProcessor.ProcessorIdentifier;
import oshi.hardware.HardwareAbstractionLayer;

/** A machine without Linux, read with oshi through JNA. */
final class OshiMachine {
    private OshiMachine() {}

    /** Requires JNA to be loaded; throws what oshi throws. */
    static ModelProbe probe() {
        HardwareAbstractionLayer hardware = new SystemInfo().getHardware();
        CentralProcessor processor = hardware.getProcessor();
        return ModelProbe.of(
                new Machine(
                        describe(processor, hardware.getVirtualization().isPresent()),
                        hardware.getMemory().getTotal()),
                new OshiLoad(processor));
    }

    static Processor describe(CentralProcessor processor, boolean virtual) {
        ProcessorIdentifier identifier = processor.getProcessorIdentifier();
        int packages = Math.max(1, processor.getPhysicalPackageCount());
        int logical = Math.max(1, processor.getLogicalProcessorCount());
        return new Processor(
                identifier.getName().strip(),
                identifier.getVendor(),
                number(identifier.getFamily(), -1),
                number(identifier.getModel(), -1),
                number(identifier.getStepping(), 0),
                Math.max(1, logical / packages),
                Math.max(0, processor.getPhysicalProcessorCount() / packages),
                logical,
                virtual);
    }

    private static int number(String text, int unknown) {
        try {
            return Integer.decode(text);
        } catch (NumberFormatException e) {
            return unknown;
        }
    }
}
