/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.ledger.detail;

import dev.wattle.core.carbon.CarbonSettings;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * One run, as its journal describes it. Immutable.
 *
 * @param run its name
 * @param project the project it is part of
 * @param labels further names
 * @param host the machine's name
 * @param java the JVM's version
 * @param wattle the meter's version
 * @param started when metering started
 * @param killed whether it ended without a summary, so that its figures are those of its last checkpoint
 * @param seconds how long it was metered; NaN where not even a checkpoint can be read
 * @param microjoules its energy by device
 * @param microjoulesByQuality the same by quality
 * @param processMicrojoules this JVM's part of it by component
 * @param gramsCo2e its CO2e, as the run computed it
 * @param carbon what that rests on; empty where the journal does not say
 * @param devices its devices
 * @param phases its energy by phase
 * @param trainings its trainings
 * @param checkpoints the energy over time, oldest first; of a long run, some of them
 * @param unmetered a sentence for each framework that was not metered
 * @param damage what is wrong with lines that were left out, as the end of a sentence whose subject is the file
 */
public record RunDetail(
        String run,
        Optional<String> project,
        Map<String, String> labels,
        String host,
        String java,
        String wattle,
        Optional<Instant> started,
        boolean killed,
        double seconds,
        Map<String, Long> microjoules,
        Map<String, Long> microjoulesByQuality,
        Map<String, Long> processMicrojoules,
        OptionalDouble gramsCo2e,
        Optional<CarbonSettings> carbon,
        List<DeviceDetail> devices,
        List<PhaseDetail> phases,
        List<TrainingDetail> trainings,
        List<CheckpointDetail> checkpoints,
        List<String> unmetered,
        Optional<String> damage) {

    /** Its energy over all devices, in microjoules. */
    public long totalMicrojoules() {
        return Energies.total(microjoules);
    }

    /** The words for how its energy was determined, such as {@code counter + modelled}; empty where nothing was read. */
    public String qualities() {
        return String.join(" + ", qualityWords());
    }

    private Set<String> qualityWords() {
        return microjoulesByQuality.keySet();
    }

    /** Whether at least a part of its energy is an estimate. */
    public boolean isModelled() {
        return qualityWords().contains("modelled");
    }

    /** The training that used the most energy; empty where there was none. */
    public Optional<TrainingDetail> mainTraining() {
        return trainings.stream()
                .max(Comparator.comparingLong(TrainingDetail::microjoules)
                        .thenComparing(
                                Comparator.comparingInt(TrainingDetail::number).reversed()));
    }
}
