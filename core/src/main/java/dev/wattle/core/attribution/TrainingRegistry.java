/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.attribution;

import dev.wattle.core.boundary.Framework;
import dev.wattle.core.boundary.TrainingNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The trainings that are followed, found by what they are about. Memory is bounded: the oldest idle ones are forgotten. For
 * the thread that follows.
 */
final class TrainingRegistry {

    static final int MAX_TRAININGS = 256;
    static final int MAX_RECORDS = 4_096;
    private static final int MAX_SUBJECTS = 16 * MAX_TRAININGS;

    private final Map<Long, Training> bySubject = new HashMap<>();

    /** All trainings, oldest first, with their subjects. */
    private final Map<Training, List<Long>> subjects = new LinkedHashMap<>();

    private final TrainingNames names;
    private final EnergyAllocator allocator;
    private int numbered;
    private int forgotten;
    private int records;

    TrainingRegistry(TrainingNames names, EnergyAllocator allocator) {
        this.names = names;
        this.allocator = allocator;
    }

    /** All trainings, oldest first. */
    Collection<Training> followed() {
        return subjects.keySet();
    }

    /** How many that had trained are no longer held. */
    int forgotten() {
        return forgotten;
    }

    @Nullable
    Training find(Framework framework, int subject) {
        return bySubject.get(key(framework, subject));
    }

    /** The training about a subject; starts to be followed where it is new. */
    Training of(Framework framework, int subject, long nanos) {
        Training known = find(framework, subject);
        if (known != null) {
            return known;
        }
        String name = framework == Framework.CUSTOM ? names.nameOf(subject) : "";
        Training training = new Training(allocator, framework, name, nanos);
        subjects.put(training, new ArrayList<>(1));
        alias(key(framework, subject), training);
        if (subjects.size() > MAX_TRAININGS) {
            forgetOldest(training);
        }
        return training;
    }

    /** From here on the subject is another name for the training. */
    void alias(Framework framework, int subject, Training training) {
        if (bySubject.size() < MAX_SUBJECTS && find(framework, subject) == null) {
            alias(key(framework, subject), training);
        }
    }

    private void alias(long key, Training training) {
        List<Long> keys = subjects.get(training);
        if (keys != null) {
            keys.add(key);
            bySubject.put(key, training);
        }
    }

    /** Gives the training its number, which is that of its first iteration or epoch among the trainings'. */
    void number(Training training) {
        if (training.number() == 0) {
            training.number(++numbered);
        }
    }

    /**
     * Keeps the number of records in bounds.
     *
     * @param more by how many records the training has grown
     */
    void bound(Training latest, int more) {
        records += more;
        while (records > MAX_RECORDS && forgetOldest(latest)) {
            // One after the other.
        }
    }

    /** Forgets the oldest idle training; false where none is idle. */
    private boolean forgetOldest(Training latest) {
        for (Iterator<Map.Entry<Training, List<Long>>> oldest =
                        subjects.entrySet().iterator();
                oldest.hasNext(); ) {
            Map.Entry<Training, List<Long>> entry = oldest.next();
            Training training = entry.getKey();
            if (training != latest && !training.isWorking()) {
                entry.getValue().forEach(bySubject::remove);
                oldest.remove();
                forgotten += training.hasTrained() ? 1 : 0;
                records -= training.records();
                return true;
            }
        }
        return false;
    }

    private static long key(Framework framework, int subject) {
        return (long) framework.ordinal() << 32 | subject & 0xFFFF_FFFFL;
    }
}
