/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.nvml;

import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.probes.jna.JnaState;
import dev.wattle.probes.jna.PrivateJna;
import dev.wattle.probes.source.Finding;
import dev.wattle.probes.source.Findings;
import dev.wattle.probes.source.Fix;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds the NVIDIA GPUs of this machine.
 *
 * <p>It looks at files first. If there is neither a driver nor its library, no native code is loaded, JNA included. What
 * cannot be used becomes a finding.
 */
public final class NvmlSource {
    /** Some containers allow a process a thousand million open files, which slows the library down. */
    private static final long HUGE_FILE_LIMIT = 10_000_000;

    /** The largest machines have 16 boards, and some a few dozen virtual ones. */
    private static final int MAX_GPUS = 256;

    private final Path procRoot;
    private final String library;

    private NvmlSource(Path procRoot, String library) {
        this.procRoot = procRoot;
        this.library = library;
    }

    /**
     * Looks for GPUs and tries each once. The caller closes the probe.
     *
     * @param procRoot the directory in which a loaded driver has files
     * @param library the management library, if there is one
     * @param environment the variables of this process, which may make GPUs invisible to CUDA
     */
    public static Findings find(Path procRoot, Optional<Path> library, Map<String, String> environment) {
        List<String> boards = DriverFiles.boards(procRoot);
        return library.filter(Files::exists)
                .map(file -> new NvmlSource(procRoot, file.toString()).load(environment, boards))
                .orElseGet(() -> Findings.nothing(NvmlNotes.withoutLibrary(procRoot, boards)));
    }

    /**
     * How to fix a library that does not answer. A driver that is not kept loaded sets up every GPU again. If a process may
     * open a thousand million files, as in some containers, the library spends half a minute and gigabytes on its call of
     * nvidia-persistenced (NVIDIA's container toolkit, #1053, 2025).
     *
     * @param openFileLimit the number of files that this process may open, 0 where unknown
     */
    public static List<Fix> fixesForSilence(long openFileLimit) {
        Fix persistence = new Fix("keep the driver loaded, in persistence mode", "sudo nvidia-smi -pm 1");
        return openFileLimit > HUGE_FILE_LIMIT
                ? List.of(
                        new Fix(
                                "lower this process's limit of " + openFileLimit
                                        + " open files, which slows this library down",
                                "ulimit -n 65536",
                                "docker run --ulimit nofile=65536:65536 IMAGE"),
                        persistence)
                : List.of(persistence, new Fix("see what the driver reports", "sudo dmesg | grep -i -e nvrm -e xid"));
    }

    /** Whether a domain of this source includes the processor on the GPU's module. */
    public static boolean isModule(EnergyDomain domain) {
        return domain.device().startsWith(NvmlDevice.MODULE);
    }

    private Findings load(Map<String, String> environment, List<String> boards) {
        if (PrivateJna.load() instanceof JnaState.Unavailable unavailable) {
            return refused(boards, unavailable.reason(), unavailable.remedies());
        }
        Nvml nvml;
        try {
            nvml = Nvml.load(library);
        } catch (LinkageError | RuntimeException e) {
            String reason = "the library cannot be loaded (" + firstLines(e) + ")";
            return refused(boards, reason, NvmlFixes.ofLoading(procRoot));
        }
        int code = nvml.init();
        if (code != NvmlReturn.SUCCESS) {
            return refused(boards, NvmlReturn.text(code), NvmlFixes.of(code, procRoot));
        }
        try {
            code = nvml.deviceCount();
            if (code != NvmlReturn.SUCCESS) {
                nvml.shutdown();
                return refused(boards, NvmlReturn.text(code), NvmlFixes.of(code, procRoot));
            }
            int count = nvml.number();
            if (Integer.compareUnsigned(count, MAX_GPUS) > 0) {
                nvml.shutdown();
                return Findings.nothing(NvmlNotes.tooManyGpus(library, boards, count));
            }
            return devices(nvml, count, environment);
        } catch (Error | RuntimeException e) {
            nvml.shutdown();
            throw e;
        }
    }

    /** The library and the problem; the lines that follow list every place where JNA has looked. */
    private static String firstLines(Throwable e) {
        return String.valueOf(e.getMessage()).lines().limit(2).collect(Collectors.joining(" "));
    }

    private Findings refused(List<String> boards, String reason, List<Fix> fixes) {
        return Findings.nothing(NvmlNotes.refused(library, boards, reason, fixes));
    }

    private Findings devices(Nvml nvml, int count, Map<String, String> environment) {
        String driver = nvml.driverVersion() == NvmlReturn.SUCCESS ? nvml.text() : "unknown";
        List<Finding> findings = new ArrayList<>();
        List<NvmlDevice> devices = new ArrayList<>();
        List<VisibleDevices.Named> named = new ArrayList<>();
        List<MigSlices> slices = new ArrayList<>();
        CapabilityDetector detector = new CapabilityDetector(nvml, driver);
        for (int index = 0; index < count; index++) {
            CapabilityDetector.Outcome outcome = withoutDuplicate(detector.device(index), devices);
            outcome.device().ifPresent(device -> {
                devices.add(device);
                slices.add(MigSlices.of(nvml, device.handle(), device.identity().uuid()));
            });
            MigSlices divided = outcome.device().isPresent() ? slices.get(slices.size() - 1) : MigSlices.NONE;
            outcome.identity()
                    .ifPresent(identity -> named.add(new VisibleDevices.Named(
                            identity.index(),
                            identity.uuid(),
                            identity.name(),
                            identity.major(),
                            identity.minor(),
                            divided.devices())));
            outcome.problem().ifPresent(problem -> findings.add(NvmlNotes.missing(library, problem)));
        }
        if (devices.isEmpty()) {
            nvml.shutdown();
            return count == 0 ? Findings.nothing(NvmlNotes.noGpu(library)) : new Findings(Optional.empty(), findings);
        }
        findings.add(0, NvmlNotes.metered(library, devices));
        NvmlTenancy tenancy = new NvmlTenancy(
                nvml,
                devices,
                slices,
                VisibleDevices.of(environment, named),
                ProcessHandle.current().pid());
        EnergyProbe probe = NvmlProbe.of(nvml, driver, devices, tenancy);
        return new Findings(Optional.of(probe), findings);
    }

    /** Replaces a GPU that the driver lists twice by a problem, because its energy counts once. */
    private static CapabilityDetector.Outcome withoutDuplicate(
            CapabilityDetector.Outcome outcome, List<NvmlDevice> devices) {
        String uuid = outcome.device().map(device -> device.identity().uuid()).orElse("");
        return devices.stream()
                .filter(device -> !uuid.isEmpty() && device.identity().uuid().equals(uuid))
                .findFirst()
                .map(first -> new CapabilityDetector.Outcome(
                        Optional.empty(),
                        Optional.empty(),
                        outcome.device().map(again -> NvmlNotes.listedTwice(again, first))))
                .orElse(outcome);
    }
}
