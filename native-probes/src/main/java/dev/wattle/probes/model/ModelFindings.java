/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.model;

import dev.wattle.probes.jna.JnaState;
import dev.wattle.probes.jna.PrivateJna;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a search for a model came to.
 *
 * @param probe the model, empty where the machine tells too little
 * @param notes what a person should know
 */
public record ModelFindings(Optional<ModelProbe> probe, List<String> notes) {

    /**
     * Builds the model of this machine, or of the container this process is in.
     *
     * @param procRoot {@code /proc} or a tree like it
     * @param cgroupRoot {@code /sys/fs/cgroup} or a tree like it
     */
    public static ModelFindings find(Path procRoot, Path cgroupRoot) {
        Optional<ModelProbe> linux = ModelProbe.onLinux(procRoot, cgroupRoot);
        if (linux.isPresent()) {
            return new ModelFindings(linux, List.of());
        }
        if (System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux")) {
            return nothing("No model of the processors: their name or load cannot be read under " + procRoot + ".");
        }
        return PrivateJna.load() instanceof JnaState.Unavailable unavailable
                ? nothing("No model of the processors: " + unavailable.reason())
                : new ModelFindings(Optional.of(OshiMachine.probe()), List.of());
    }

    private static ModelFindings nothing(String note) {
        return new ModelFindings(Optional.empty(), List.of(note));
    }
}
