/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.nvml;

import dev.wattle.core.probe.EnergyDomain;
import dev.wattle.core.probe.EnergyProbe;
import dev.wattle.probes.jna.JnaState;
import dev.wattle.probes.jna.PrivateJna;
import dev.wattle.probes.source.Finding;
import dev.wattle.probes.source.Findings;
import dev.wattle.probes.source.Fix;
import dev.wattle.probes.source.ProbeKind;
import dev.wattle.probes.source.SourceState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds the NVIDIA GPUs of this machine.
 *
 * <p>Files are looked at first. Where neither a driver nor its library is there, nothing native is loaded, JNA least of
 * all; what cannot be used becomes a finding.
 */
public final class NvmlSource {
    private static final long HUGE_FILE_LIMIT = 10_000_000;

    /** The largest machines have 16 boards, and some a few dozen virtual ones. */
    private static final int MOST_GPUS = 256;

    private static final Fix DRIVERS_WORD = new Fix("see what the driver says", "nvidia-smi -q -d POWER");

    private final Path procRoot;
    private final String place;
    private final List<Finding> findings = new ArrayList<>();

    private NvmlSource(Path procRoot, String place) {
        this.procRoot = procRoot;
        this.place = place;
    }

    /**
     * Looks for GPUs and tries each once.
     *
     * @param procRoot where a loaded driver shows itself
     * @param library the management library, where there is one
     * @param environment of this process, for what CUDA lets it see
     */
    public static Findings find(Path procRoot, Optional<Path> library, Map<String, String> environment) {
        List<String> boards = DriverFiles.boards(procRoot);
        return library.filter(Files::exists)
                .map(file -> new NvmlSource(procRoot, file.toString()).load(environment, boards))
                .orElseGet(() -> Findings.nothing(withoutLibrary(procRoot, boards)));
    }

    /**
     * What helps where the library does not answer. A driver that nothing keeps loaded sets every GPU up anew; and where a
     * process may open a thousand million files, as in some containers, the library spends half a minute and gigabytes on
     * its call to nvidia-persistenced (NVIDIA's container toolkit, #1053, 2025).
     *
     * @param openFileLimit how many files this process may open, 0 where unknown
     */
    public static List<Fix> remediesForSilence(long openFileLimit) {
        Fix persistence = new Fix("keep the driver loaded, in persistence mode", "sudo nvidia-smi -pm 1");
        return openFileLimit > HUGE_FILE_LIMIT
                ? List.of(
                        new Fix(
                                "let this process open fewer files than the " + openFileLimit
                                        + " it may, which slows this library down",
                                "ulimit -n 65536",
                                "docker run --ulimit nofile=65536:65536 IMAGE"),
                        persistence)
                : List.of(persistence, new Fix("see what the driver says", "sudo dmesg | grep -i -e nvrm -e xid"));
    }

    /** Whether a domain of this source holds the processor on the GPU's module too. */
    public static boolean isModule(EnergyDomain domain) {
        return domain.device().startsWith(NvmlDevice.MODULE);
    }

    private static Finding withoutLibrary(Path procRoot, List<String> boards) {
        if (boards.isEmpty()) {
            return Finding.absent(ProbeKind.NVML, "libnvidia-ml.so.1", "No NVIDIA driver.");
        }
        return new Finding(
                ProbeKind.NVML,
                "libnvidia-ml.so.1",
                SourceState.REFUSED,
                "The energy of " + String.join(", ", boards) + " is missing from every total: " + procRoot
                        + "/driver/nvidia shows the driver, and its library libnvidia-ml.so.1 is not found.",
                List.of(
                        new Fix(
                                "in a container, let the driver's utilities in",
                                "docker run --gpus all -e NVIDIA_DRIVER_CAPABILITIES=compute,utility IMAGE"),
                        new Fix("where the library lies elsewhere, name it", "nvml-library=/path/libnvidia-ml.so.1")));
    }

    private Findings load(Map<String, String> environment, List<String> boards) {
        if (PrivateJna.load() instanceof JnaState.Unavailable unavailable) {
            return refused(boards, unavailable.reason(), unavailable.remedies());
        }
        Nvml nvml;
        try {
            nvml = Nvml.load(place);
        } catch (LinkageError | RuntimeException e) {
            return refused(
                    boards, "the library cannot be loaded (" + beginning(e) + ")", NvmlRemedies.ofLoading(procRoot));
        }
        int code = nvml.init();
        if (code != NvmlReturn.SUCCESS) {
            return refused(boards, NvmlReturn.text(code), NvmlRemedies.of(code, procRoot));
        }
        try {
            code = nvml.deviceCount();
            if (code != NvmlReturn.SUCCESS) {
                nvml.shutdown();
                return refused(boards, NvmlReturn.text(code), NvmlRemedies.of(code, procRoot));
            }
            int count = nvml.number();
            if (Integer.compareUnsigned(count, MOST_GPUS) > 0) {
                nvml.shutdown();
                return refused(
                        boards,
                        "its library tells of " + Integer.toUnsignedString(count) + " GPUs, which cannot be",
                        List.of(DRIVERS_WORD));
            }
            return devices(nvml, count, environment);
        } catch (Error | RuntimeException e) {
            nvml.shutdown();
            throw e;
        }
    }

    /** The library and what is wrong with it; JNA goes on to list every place where it is not. */
    private static String beginning(Throwable e) {
        return String.valueOf(e.getMessage()).lines().limit(2).collect(Collectors.joining(" "));
    }

    private Findings refused(List<String> boards, String why, List<Fix> remedies) {
        String which = boards.isEmpty() ? "NVIDIA GPUs" : String.join(", ", boards);
        return Findings.nothing(new Finding(
                ProbeKind.NVML,
                place,
                SourceState.REFUSED,
                "The energy of " + which + " is missing from every total: " + why + ".",
                remedies));
    }

    private Findings devices(Nvml nvml, int count, Map<String, String> environment) {
        String driver = nvml.driverVersion() == NvmlReturn.SUCCESS ? nvml.text() : "unknown";
        List<NvmlDevice> devices = new ArrayList<>();
        List<VisibleDevices.Named> named = new ArrayList<>();
        List<MigSlices> slices = new ArrayList<>();
        CapabilityDetector trial = new CapabilityDetector(nvml, driver);
        for (int index = 0; index < count; index++) {
            CapabilityDetector.Outcome outcome = onceEach(trial.device(index), devices);
            outcome.device().ifPresent(device -> {
                devices.add(device);
                slices.add(MigSlices.of(nvml, device.handle(), device.identity().uuid()));
            });
            MigSlices cut = outcome.device().isPresent() ? slices.get(slices.size() - 1) : MigSlices.NONE;
            outcome.identity()
                    .ifPresent(identity -> named.add(new VisibleDevices.Named(
                            identity.index(),
                            identity.uuid(),
                            identity.name(),
                            identity.major(),
                            identity.minor(),
                            cut.devices())));
            outcome.problem().ifPresent(this::missing);
        }
        if (devices.isEmpty()) {
            nvml.shutdown();
            return none(count);
        }
        findings.add(0, new Finding(ProbeKind.NVML, place, SourceState.METERED, remarks(devices), List.of()));
        NvmlTenancy tenancy = new NvmlTenancy(
                nvml,
                devices,
                slices,
                VisibleDevices.of(environment, named),
                ProcessHandle.current().pid());
        EnergyProbe probe = NvmlProbe.of(nvml, driver, devices, tenancy);
        return new Findings(Optional.of(probe), findings);
    }

    /** A board that is listed twice is one board: its energy counts once. */
    private static CapabilityDetector.Outcome onceEach(CapabilityDetector.Outcome outcome, List<NvmlDevice> before) {
        String uuid = outcome.device().map(device -> device.identity().uuid()).orElse("");
        return before.stream()
                .filter(known -> !uuid.isEmpty() && known.identity().uuid().equals(uuid))
                .findFirst()
                .map(known -> new CapabilityDetector.Outcome(
                        Optional.empty(),
                        Optional.empty(),
                        outcome.device()
                                .map(again -> again.label() + " is " + known.label() + " once more (" + uuid
                                        + "), so that it is not metered a second time.")))
                .orElse(outcome);
    }

    private Findings none(int count) {
        if (count == 0) {
            return Findings.nothing(
                    Finding.absent(ProbeKind.NVML, place, "The NVIDIA driver is there and knows no GPU."));
        }
        return new Findings(Optional.empty(), findings);
    }

    private void missing(String problem) {
        findings.add(new Finding(ProbeKind.NVML, place, SourceState.REFUSED, problem, List.of(DRIVERS_WORD)));
    }

    /** What a reader of the figures must know of how each was come by: boards of one kind in one sentence. */
    private static String remarks(List<NvmlDevice> devices) {
        Map<String, List<String>> devicesByRemark = new LinkedHashMap<>();
        for (NvmlDevice device : devices) {
            device.remark()
                    .ifPresent(remark -> devicesByRemark
                            .computeIfAbsent(remark, first -> new ArrayList<>())
                            .add(device.label()));
        }
        return devicesByRemark.entrySet().stream()
                .map(remark -> String.join(", ", remark.getValue()) + ": " + remark.getKey() + ".")
                .collect(Collectors.joining(" "));
    }
}
