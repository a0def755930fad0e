/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.model;

import dev.wattle.core.file.TsvTable;
import dev.wattle.probes.jna.JnaState;
import dev.wattle.probes.jna.PrivateJna;
import dev.wattle.probes.source.Finding;
import dev.wattle.probes.source.Findings;
import dev.wattle.probes.source.Fix;
import dev.wattle.probes.source.ProbeKind;
import dev.wattle.probes.source.SourceState;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the model for a machine whose processors cannot be measured. */
public final class ModelSource {
    private ModelSource() {}

    /**
     * Builds the model of this machine, or of the container this process is in.
     *
     * @param procRoot {@code /proc} or a tree like it
     * @param cgroupRoot {@code /sys/fs/cgroup} or a tree like it
     */
    public static Findings find(Path procRoot, Path cgroupRoot) {
        Optional<ModelProbe> linux = ModelProbe.onLinux(procRoot, cgroupRoot);
        if (linux.isPresent()) {
            return found(linux.get(), procRoot.toString());
        }
        if (readsPlainFiles()) {
            return nothing(
                    procRoot.toString(),
                    "No model of the processors: their name or load cannot be read under " + procRoot + ".",
                    List.of());
        }
        return PrivateJna.load() instanceof JnaState.Unavailable unavailable
                ? nothing("oshi", "No model of the processors: " + unavailable.reason(), unavailable.remedies())
                : found(OshiMachine.probe(), "oshi");
    }

    /**
     * The processors whose thermal design power is listed: {@code token} for the name, {@code tdp_watts}, {@code source} and
     * {@code year}.
     */
    public static List<TsvTable.Row> processors() {
        return TsvTable.load(ModelSource.class, "processors.tsv");
    }

    /** Whether it reads only files of the kernel. */
    public static boolean readsPlainFiles() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
    }

    /** The result of {@link #find} for a model that was built before. */
    public static Findings found(ModelProbe probe, Path procRoot) {
        return found(probe, procRoot.toString());
    }

    private static Findings found(ModelProbe probe, String place) {
        return new Findings(Optional.of(probe), List.of(Finding.metered(ProbeKind.MODEL, place)));
    }

    private static Findings nothing(String place, String why, List<Fix> remedies) {
        return Findings.nothing(new Finding(ProbeKind.MODEL, place, SourceState.REFUSED, why, remedies));
    }
}
