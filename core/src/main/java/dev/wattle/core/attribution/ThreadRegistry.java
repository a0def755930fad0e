/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.attribution;

import dev.wattle.core.boundary.BoundaryEvent;
import dev.wattle.core.boundary.BoundaryQueue;
import dev.wattle.core.boundary.ThreadLiveness;
import dev.wattle.core.sampling.DomainEnergies;
import dev.wattle.core.time.SamplingClock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The host's threads that have reported something, and the time that passes on them: before what they do changes, the energy
 * until then is allocated. For the thread that follows.
 */
final class ThreadRegistry {

    /** A lone loop without a scope is forgotten after this, so that a thread that has ended is not kept. */
    private static final long FORGET_NANOS = 600_000_000_000L;

    private final DomainEnergies energies;
    private final SamplingClock clock;
    private final EnergyAllocator allocator;
    private final UnscopedLoops loops = new UnscopedLoops();

    /** By counter of losses, then by id. */
    private final Map<Integer, Map<Long, TrainingThread>> threads = new HashMap<>();

    private int size;
    private long[] past = {};
    private final long[] losses = new long[BoundaryQueue.LOSS_SLOTS];

    ThreadRegistry(DomainEnergies energies, SamplingClock clock, EnergyAllocator allocator) {
        this.energies = energies;
        this.clock = clock;
        this.allocator = allocator;
    }

    UnscopedLoops loops() {
        return loops;
    }

    @Nullable
    TrainingThread find(long id) {
        return sharingSlot(id).get(id);
    }

    /** The thread with that id; a new one where it is not known. */
    TrainingThread of(long id) {
        return threads.computeIfAbsent(BoundaryQueue.lossSlot(id), unseen -> new HashMap<>())
                .computeIfAbsent(id, unseen -> {
                    size++;
                    return new TrainingThread(loops);
                });
    }

    /** Removes a thread where nothing needs to be known of it. */
    void release(long id, TrainingThread thread) {
        if (thread.isIdle() && sharingSlot(id).remove(id, thread)) {
            size--;
        }
    }

    /** Removes the idle ones among those that share the counter of losses with a thread. */
    void releaseIdle(long id) {
        List.copyOf(sharingSlot(id).entrySet()).forEach(entry -> release(entry.getKey(), entry.getValue()));
    }

    /** Whether the thread has ended with an epoch open that another may continue. */
    boolean hasEnded(long id) {
        TrainingThread thread = find(id);
        return thread != null && thread.hasEnded();
    }

    /** Whether boundaries were lost before this one, of its thread or of one that shares its counter. */
    boolean hasLost(BoundaryEvent event) {
        return event.losses() > losses[BoundaryQueue.lossSlot(event.thread())];
    }

    /**
     * Boundaries were lost before this one: marks what is open. Where a start or an end is among them, what the threads do is
     * in doubt.
     *
     * @return whether a start or an end may be among them
     */
    boolean lose(BoundaryEvent event) {
        int slot = BoundaryQueue.lossSlot(event.thread());
        boolean scopes = BoundaryQueue.hasLostFrame(losses[slot], event.losses());
        losses[slot] = event.losses();
        for (TrainingThread thread : sharing(event.thread())) {
            lose(thread, scopes);
        }
        return scopes;
    }

    /** @param scopes whether a start or an end may be lost */
    static void lose(TrainingThread thread, boolean scopes) {
        thread.incomplete();
        if (scopes) {
            thread.lose();
        }
    }

    /** Those that share the counter of losses with a thread, that thread among them. */
    List<TrainingThread> sharing(long id) {
        return List.copyOf(sharingSlot(id).values());
    }

    private Map<Long, TrainingThread> sharingSlot(long id) {
        return threads.getOrDefault(BoundaryQueue.lossSlot(id), Map.of());
    }

    /**
     * Finds the threads that have ended in the middle of something.
     *
     * @param into takes their ids
     */
    void findEnded(long nowNanos, ThreadLiveness liveness, List<Long> into) {
        for (Map<Long, TrainingThread> sharing : threads.values()) {
            sharing.forEach((id, thread) -> {
                if (thread.isFoundEnded(id, nowNanos, liveness)) {
                    into.add(id);
                }
            });
        }
    }

    /** The boundary of a thread's end is on its way. */
    void endReported(long id) {
        TrainingThread thread = find(id);
        if (thread != null) {
            thread.endReported();
        }
    }

    /** Time has passed on a thread that does something else now: a loop without a scope has ended where it was last seen. */
    void advance(TrainingThread thread, long nanos, long[] at) {
        advance(thread, nanos, at, null);
    }

    /** @param since the training that the thread was in since it was last seen in its loop; null for none */
    void advance(TrainingThread thread, long nanos, long[] at, @Nullable Training since) {
        if (thread.isInDoubt()) {
            advanceTo(thread.unscopedNanos());
            thread.unscoped(since, nanos);
            thread.update();
        }
        advance(nanos, at);
    }

    /** Allocates the energy until an instant that has passed, whose energies are looked up. */
    private void advanceTo(long nanos) {
        if (nanos - allocator.nanos() > 0) {
            past = energies.sized(past);
            allocator.known(energies.at(nanos, clock.nanoTime(), past));
            advance(nanos, past);
        }
    }

    /** Allocates the energy until an instant. */
    void advance(long nanos, long[] at) {
        if (size > 1) {
            loops.endOverdue(nanos);
        }
        allocator.advance(nanos, at);
    }

    /**
     * Nothing was reported until an instant.
     *
     * @param at the domains' energies then
     */
    void passTime(long nanos, long[] at) {
        List<TrainingThread> inDoubt = loops.inDoubt();
        if (inDoubt.isEmpty()) {
            advance(nanos, at);
            return;
        }
        long seen = inDoubt.get(0).unscopedNanos();
        advanceTo(nanos - seen < 0 ? nanos : seen);
        if (nanos - seen > FORGET_NANOS) {
            for (TrainingThread thread : inDoubt) {
                if (nanos - thread.unscopedNanos() > FORGET_NANOS) {
                    thread.leaveLoop();
                }
            }
            releaseIdle();
        }
    }

    private void releaseIdle() {
        size = 0;
        for (Map<Long, TrainingThread> sharing : threads.values()) {
            sharing.values().removeIf(TrainingThread::isIdle);
            size += sharing.size();
        }
    }

    /** The run is over: a loop in doubt ended where it was last seen. */
    void finish(long nanos, long[] at) {
        for (TrainingThread thread : loops.inDoubt()) {
            advanceTo(thread.unscopedNanos());
            thread.leaveLoop();
        }
        advance(nanos, at);
    }
}
