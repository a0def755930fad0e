/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.attribution;

import dev.wattle.core.boundary.Framework;
import dev.wattle.core.boundary.Phase;
import dev.wattle.core.sampling.DomainEnergies;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Allocates the energy of all domains: what each stretch of time used goes to the active trainings in equal parts, or to
 * none. Whole microjoules, so the parts always add up.
 *
 * <p>A stretch costs the same however many trainings are active. Each domain has one running sum: the energy of a training
 * that had been active since the run started. A training receives the difference between two values of that sum, when its
 * phase or its open epochs are about to change ({@link #collect}), and on a snapshot ({@link #collectAll}). The remainder of
 * a division is carried into the next stretch; a training that stops being active takes what is carried then.
 *
 * <p>For the thread that follows.
 */
final class EnergyAllocator {

    private static final int PHASES = Phase.OF_TRAININGS.size();
    private static final int PARTS = PHASES * Framework.values().length;

    /** What one training has received so far, in terms of the allocator's running sums. */
    static final class Share {
        private long[] received = {};
        private long gaps;
        private long sharedStretches;
    }

    private final Set<Training> active = new LinkedHashSet<>();

    /** How many active trainings are in each phase of each framework. */
    private final int[] activeByPart = new int[PARTS];

    private long[] cumulative = {};
    private long[] perTraining = {};
    private long[] carried = {};

    /** By domain, then by framework, then by phase. */
    private long[] allocated = {};

    private long nanos;
    private boolean[] ours = {};
    private boolean complete = true;
    private boolean nextIsComplete = true;

    /** Stretches of which some energy is unknown. */
    private long gaps;

    /** Stretches with more than one active training. */
    private long sharedStretches;

    private long collections;

    /** The number of the carbon intensity that applies, among those of the run. */
    private int intensityStep;

    EnergyAllocator(long startNanos) {
        this.nanos = startNanos;
    }

    /** What is known of the energies that are allocated next. */
    void known(DomainEnergies.Known known) {
        nextIsComplete = known == DomainEnergies.Known.WHOLLY;
    }

    /** Until when energy has been allocated. */
    long nanos() {
        return nanos;
    }

    /** Totals are over these domains from now on: those whose energy belongs to this run. */
    void totalOver(boolean[] newOurs) {
        ours = newOurs;
    }

    /** The energy of this run's domains up to {@link #nanos()}, in microjoules. */
    long totalMicrojoules() {
        return totalMicrojoules(cumulative);
    }

    /** The same for other cumulative energies by domain. */
    long totalMicrojoules(long[] energies) {
        long sum = 0;
        for (int domain = 0; domain < Math.min(ours.length, energies.length); domain++) {
            sum += ours[domain] ? energies[domain] : 0;
        }
        return sum;
    }

    /**
     * Allocates what was used since the last time.
     *
     * @param untilNanos an instant; one that lies before the last changes nothing
     * @param energies the domains' cumulative energies at that instant; those of domains that joined meanwhile among them
     */
    void advance(long untilNanos, long[] energies) {
        if (untilNanos - nanos <= 0) {
            return;
        }
        nanos = untilNanos;
        if (!complete || !nextIsComplete) {
            // What a device used while it did not answer is allocated when it does.
            gaps++;
        }
        complete = nextIsComplete;
        sharedStretches += active.size() > 1 ? 1 : 0;
        grow(energies.length);
        for (int domain = 0; domain < energies.length; domain++) {
            long used = energies[domain] - cumulative[domain];
            if (used > 0) {
                cumulative[domain] = energies[domain];
                allocate(domain, used);
            }
        }
    }

    private void allocate(int domain, long used) {
        int trainings = active.size();
        if (trainings == 0) {
            return;
        }
        long sum = used + carried[domain];
        long part = sum / trainings;
        carried[domain] = sum % trainings;
        perTraining[domain] += part;
        for (int i = 0; i < PARTS; i++) {
            allocated[domain * PARTS + i] += part * activeByPart[i];
        }
    }

    /** Gives a training what it is due. Must come before a change of its phase, of its epochs or of what it is inside of. */
    void collect(Training training) {
        Phase phase = training.phase();
        if (phase == null) {
            return;
        }
        collections++;
        Share share = training.share();
        for (int domain = 0; domain < perTraining.length; domain++) {
            long due = perTraining[domain] - (domain < share.received.length ? share.received[domain] : 0);
            if (due > 0) {
                training.charge(phase, domain, due);
            }
        }
        if (share.gaps != gaps) {
            training.missesEnergy();
        }
        if (share.sharedStretches != sharedStretches) {
            training.sharesTime();
        }
        mark(share);
    }

    /** Gives all trainings what they are due, so that every figure is complete. */
    void collectAll() {
        active.forEach(this::collect);
        for (Training training : active) {
            chargeCarried(training, training.phase());
        }
    }

    /**
     * The phase of a training has changed; {@link #collect} came before.
     *
     * @param before null where it was not active
     * @param after null where it is not active any more
     */
    void phaseChanged(Training training, @Nullable Phase before, @Nullable Phase after) {
        if (before == after) {
            return;
        }
        if (before != null) {
            activeByPart[part(training.framework(), before)]--;
        }
        if (after == null) {
            chargeCarried(training, before);
            active.remove(training);
        } else {
            activeByPart[part(training.framework(), after)]++;
            active.add(training);
            if (before == null) {
                mark(training.share());
            }
        }
    }

    /** Gives a training the remainders of the divisions so far. */
    private void chargeCarried(Training training, @Nullable Phase phase) {
        for (int domain = 0; phase != null && domain < carried.length; domain++) {
            if (carried[domain] > 0) {
                training.charge(phase, domain, carried[domain]);
                allocated[domain * PARTS + part(training.framework(), phase)] += carried[domain];
                carried[domain] = 0;
            }
        }
    }

    private void mark(Share share) {
        if (share.received.length < perTraining.length) {
            share.received = new long[perTraining.length];
        }
        System.arraycopy(perTraining, 0, share.received, 0, perTraining.length);
        share.gaps = gaps;
        share.sharedStretches = sharedStretches;
    }

    /** What a framework used in a phase of one domain, in microjoules. */
    long allocated(Framework framework, Phase phase, int domain) {
        return domain < cumulative.length ? allocated[domain * PARTS + part(framework, phase)] : 0;
    }

    /** The energy of one domain up to {@link #nanos()}, allocated to trainings or to none, in microjoules. */
    long cumulative(int domain) {
        return domain < cumulative.length ? cumulative[domain] : 0;
    }

    /** What was used of one domain while no training was active, in microjoules. After {@link #collectAll}. */
    long outside(int domain) {
        if (domain >= cumulative.length) {
            return 0;
        }
        long sum = cumulative[domain];
        for (int i = domain * PARTS; i < (domain + 1) * PARTS; i++) {
            sum -= allocated[i];
        }
        return sum;
    }

    /** The number of the carbon intensity that applies to what is allocated, from 0. */
    int intensityStep() {
        return intensityStep;
    }

    void intensityStep(int step) {
        intensityStep = step;
    }

    /** How often a training was given energy: what boundaries cost, for tests. */
    long collections() {
        return collections;
    }

    private void grow(int domains) {
        if (domains > cumulative.length) {
            cumulative = Arrays.copyOf(cumulative, domains);
            perTraining = Arrays.copyOf(perTraining, domains);
            carried = Arrays.copyOf(carried, domains);
            allocated = Arrays.copyOf(allocated, domains * PARTS);
        }
    }

    private static int part(Framework framework, Phase phase) {
        return framework.ordinal() * PHASES + phase.ordinal();
    }
}
