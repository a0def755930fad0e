/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.attribution;

import dev.wattle.core.boundary.Framework;
import dev.wattle.core.epoch.EpochRecord;
import dev.wattle.core.epoch.TrainingObserver;
import dev.wattle.core.sampling.DomainEnergies;
import dev.wattle.core.time.SamplingClock;

/** Ends epochs: makes their records, counts them and reports them to the observer. For the thread that follows. */
final class EpochRecorder {

    private final DomainEnergies energies;
    private final SamplingClock clock;
    private final TrainingRegistry trainings;
    private final TrainingObserver observer;
    private final long[] epochs = new long[Framework.values().length];

    EpochRecorder(DomainEnergies energies, SamplingClock clock, TrainingRegistry trainings, TrainingObserver observer) {
        this.energies = energies;
        this.clock = clock;
        this.trainings = trainings;
        this.observer = observer;
    }

    /** How many epochs of a framework have ended. */
    long epochs(Framework framework) {
        return epochs[framework.ordinal()];
    }

    /**
     * Ends the framework's open epoch, or discards it.
     *
     * @param isEpoch whether it was an epoch
     */
    void end(Training training, long nanos, boolean isEpoch) {
        OpenEpoch epoch = training.epoch();
        if (isEpoch && epoch != null) {
            end(training, epoch, nanos);
        } else {
            training.discardEpoch();
        }
    }

    /** Ends an open pass of which nothing more will be reported: it is an epoch if it looks like a whole one. */
    void endWhereLastSeen(Training training) {
        if (training.isPassOpen()) {
            end(training, training.lastSeenNanos(), training.hasIterated() && !training.looksPartial());
        }
    }

    /** Ends an epoch. */
    void end(Training training, OpenEpoch epoch, long nanos) {
        trainings.number(training);
        int before = training.records();
        EpochRecord record = training.closeEpoch(epoch, nanos, EpochContext.now(energies, clock));
        epochs[training.framework().ordinal()]++;
        trainings.bound(training, training.records() - before);
        observer.epoch(record);
    }
}
