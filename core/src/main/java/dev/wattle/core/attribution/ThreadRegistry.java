/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.attribution;

import dev.wattle.core.boundary.BoundaryEvent;
import dev.wattle.core.boundary.BoundaryQueue;
import dev.wattle.core.sampling.DomainEnergies;
import dev.wattle.core.time.SamplingClock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The host's threads that have told something, and the time that passes on them: whenever what they are at is about to
 * change, the energy until then is dealt out. For the thread that follows.
 */
final class ThreadRegistry {

    /** While others are at work, a loop that tells of batches only is no longer taken to train after this or two steps. */
    private static final long DOUBT_NANOS = 1_000_000_000L;

    /** A loop on its own is forgotten after this, so that a thread that is gone is not kept. */
    private static final long FORGOTTEN_NANOS = 600_000_000_000L;

    private final DomainEnergies energies;
    private final SamplingClock clock;
    private final TrainingRegistry trainings;
    private final EnergyAllocator partition;
    private final Map<Long, TrainingThread> threads = new HashMap<>();
    private final List<Training> atWork = new ArrayList<>();
    private long[] past = {};
    private final long[] losses = new long[BoundaryQueue.LOSS_SLOTS];

    ThreadRegistry(
            DomainEnergies energies, SamplingClock clock, TrainingRegistry trainings, EnergyAllocator partition) {
        this.energies = energies;
        this.clock = clock;
        this.trainings = trainings;
        this.partition = partition;
    }

    @Nullable
    TrainingThread find(long id) {
        return threads.get(id);
    }

    TrainingThread of(long id) {
        return threads.computeIfAbsent(id, unseen -> new TrainingThread());
    }

    /** Lets go of a thread that is at nothing. */
    void release(long id, TrainingThread thread) {
        if (thread.isIdle()) {
            threads.remove(id);
        }
    }

    /** Whether the thread has ended with an epoch open that another may go on with. */
    boolean hasEnded(long id) {
        TrainingThread thread = threads.get(id);
        return thread != null && thread.hasEnded();
    }

    /** Whether boundaries were lost before this one, of its thread or of one that shares its counter. */
    boolean hasLost(BoundaryEvent event) {
        return event.losses > losses[BoundaryQueue.lossSlot(event.thread)];
    }

    /**
     * Boundaries were lost before this one: what is open is marked, and where a begin or an end is among them, what the
     * threads are at is no longer taken for known.
     *
     * @return whether a begin or an end may be among them
     */
    boolean lose(BoundaryEvent event) {
        int slot = BoundaryQueue.lossSlot(event.thread);
        boolean frames = BoundaryQueue.hasLostFrame(losses[slot], event.losses);
        losses[slot] = event.losses;
        sharing(event.thread).forEach(thread -> lose(thread, frames));
        return frames;
    }

    /** Those that share the counter of losses with a thread, that thread among them. */
    List<TrainingThread> sharing(long id) {
        List<TrainingThread> sharing = new ArrayList<>();
        threads.forEach((other, thread) -> {
            if (BoundaryQueue.lossSlot(other) == BoundaryQueue.lossSlot(id)) {
                sharing.add(thread);
            }
        });
        return sharing;
    }

    /** @param frames whether a begin or an end may be lost */
    void lose(TrainingThread thread, boolean frames) {
        thread.incomplete();
        if (frames) {
            thread.lose();
            thread.settle();
        }
    }

    /** Lets go of those that are at nothing. */
    void releaseIdle() {
        threads.values().removeIf(TrainingThread::isIdle);
    }

    /**
     * Finds the threads that are no more, of those that are at something.
     *
     * @param into takes their ids
     */
    void findEnded(long nowNanos, ThreadLiveness lives, List<Long> into) {
        threads.forEach((id, thread) -> {
            if (!thread.isEndTold() && lives.hasEnded(id, thread, nowNanos)) {
                into.add(id);
            }
        });
    }

    void endTold(long id) {
        TrainingThread thread = threads.get(id);
        if (thread != null) {
            thread.endTold();
        }
    }

    /** Whoever closes a trainer need not be the thread that trained. */
    void leaveLoose(Training training) {
        for (TrainingThread thread : threads.values()) {
            if (thread.loose() == training) {
                thread.loosen(null, 0);
                thread.settle();
            }
        }
    }

    /** Time has passed on a thread that does something else now: a loop it was in has ended where it was last seen. */
    void pass(TrainingThread thread, long nanos, long[] at) {
        pass(thread, nanos, at, null);
    }

    /** @param next what the thread was at since it was last seen in its loop; null for nothing */
    void pass(TrainingThread thread, long nanos, long[] at, @Nullable Training next) {
        Training loose = thread.loose();
        if (loose != null && !thread.isInside()) {
            advanceTo(thread.looseNanos());
            thread.loosen(next, nanos);
            thread.settle();
        }
        advance(nanos, at);
    }

    private void advanceTo(long nanos) {
        if (nanos - partition.nanos() > 0) {
            past = energies.sized(past);
            partition.known(energies.at(nanos, clock.nanoTime(), past));
            advance(nanos, past);
        }
    }

    void advance(long nanos, long[] at) {
        endDoubts(nanos);
        trainings.atWork(atWork);
        partition.advance(nanos, at, atWork);
    }

    /** A loop that was not seen for long while others were at work has ended, for all that is known. */
    private void endDoubts(long nanos) {
        if (threads.size() < 2) {
            return;
        }
        for (TrainingThread thread : threads.values()) {
            Training loose = thread.loose();
            if (!thread.isInside()
                    && loose != null
                    && nanos - thread.looseNanos() > Math.max(DOUBT_NANOS, 2 * loose.stepNanos())) {
                thread.loosen(null, 0);
                thread.settle();
            }
        }
    }

    /**
     * Nothing was told until an instant.
     *
     * @param at the domains' energies then
     */
    void passTime(long nanos, long[] at) {
        long seen = nanos;
        boolean doubt = false;
        for (TrainingThread thread : threads.values()) {
            if (!thread.isInside() && thread.loose() != null) {
                doubt = true;
                seen = Math.min(seen, thread.looseNanos());
            }
        }
        if (!doubt) {
            advance(nanos, at);
        } else if (nanos - seen > FORGOTTEN_NANOS) {
            advanceTo(seen);
            threads.values().removeIf(thread -> hasLeft(thread, nanos));
        } else {
            advanceTo(seen);
        }
    }

    private static boolean hasLeft(TrainingThread thread, long nanos) {
        if (thread.loose() != null && !thread.isInside() && nanos - thread.looseNanos() > FORGOTTEN_NANOS) {
            thread.loosen(null, 0);
            thread.settle();
        }
        return thread.isIdle();
    }

    /** The run is over: a loop in doubt ended where it was last seen. */
    void finish(long nanos, long[] at) {
        for (TrainingThread thread : threads.values()) {
            if (!thread.isInside() && thread.loose() != null) {
                advanceTo(thread.looseNanos());
                thread.loosen(null, 0);
                thread.settle();
            }
        }
        advance(nanos, at);
    }
}
