/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.attribution;

import dev.wattle.core.attribution.Training.Enclosing;
import dev.wattle.core.boundary.Boundary;
import dev.wattle.core.boundary.Phase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The scopes that one thread is in: fits, epochs, evaluations that have started and not ended.
 *
 * <p>Scopes nest. The innermost decides: a fit inside an epoch of the program is active, and that epoch is
 * {@link Enclosing} it; a fit inside a fit of the same framework is part of the outer one. For the thread that follows.
 */
final class ScopeStack {

    /** Frameworks nest less than half as deep. Deeper scopes are counted, not kept. */
    private static final int MAX_SCOPES = 32;

    /** A program may start the epochs of many models on one thread. */
    private static final int MAX_EPOCHS = 256;

    /**
     * A start whose end is still to come.
     *
     * @param instance distinguishes an epoch of the program from others of the same training
     * @param epoch the epoch of the program; null for a scope of a framework
     */
    private record Scope(
            Boundary start,
            Training training,
            long instance,
            @Nullable OpenEpoch epoch) {
        boolean isOfProgram() {
            return epoch != null;
        }

        boolean isEvaluation() {
            return start == Boundary.VALIDATION_START || start == Boundary.INFERENCE_START;
        }

        Phase phase() {
            return start == Boundary.VALIDATION_START ? Phase.VALIDATION : Phase.INFERENCE;
        }
    }

    /**
     * What a thread works for.
     *
     * @param training null for nothing
     * @param enclosing what that is inside of
     */
    record Activity(@Nullable Training training, Phase phase, List<Enclosing> enclosing) {
        static final Activity NONE = new Activity(null, Phase.OUTSIDE, List.of());
    }

    private final List<Scope> scopes = new ArrayList<>(4);
    private int epochs;
    private int deeper;

    /** Starts a scope of a framework. */
    void push(Boundary start, Training training) {
        if (scopes.size() - epochs < MAX_SCOPES) {
            scopes.add(new Scope(start, training, Boundary.UNKNOWN, null));
        } else {
            deeper++;
        }
    }

    /**
     * Starts an epoch of the program.
     *
     * @param instance distinguishes it from other epochs of the same training
     * @return whether there was room for it
     */
    boolean pushEpoch(Training training, long instance, OpenEpoch epoch) {
        if (epochs == MAX_EPOCHS) {
            return false;
        }
        epochs++;
        return scopes.add(new Scope(Boundary.EPOCH_START, training, instance, epoch));
    }

    /**
     * Ends a framework's innermost scope of that start, and all scopes of frameworks inside it, whose ends were never
     * reported.
     *
     * @return the scope's training; null where there is no such scope, as after an attach in its middle
     */
    @Nullable
    Training pop(Boundary start) {
        if (deeper > 0) {
            deeper--;
            return null;
        }
        for (int at = scopes.size() - 1; at >= 0; at--) {
            Scope scope = scopes.get(at);
            if (scope.start == start && !scope.isOfProgram()) {
                scopes.remove(at);
                leaveFrameworks(at);
                return scope.training;
            }
        }
        return null;
    }

    /**
     * Ends an epoch of the program; what is inside it continues.
     *
     * @param instance which one, {@link Boundary#UNKNOWN} for the innermost
     * @return null where there is no such epoch on this thread
     */
    @Nullable
    OpenEpoch popEpoch(Training training, long instance) {
        for (int at = scopes.size() - 1; at >= 0; at--) {
            Scope scope = scopes.get(at);
            if (scope.isOfProgram()
                    && scope.training == training
                    && (instance == Boundary.UNKNOWN || scope.instance == instance)) {
                scopes.remove(at);
                epochs--;
                return scope.epoch;
            }
        }
        return null;
    }

    /** Ends all scopes of frameworks, whose ends were never reported. */
    void leaveFrameworks() {
        leaveFrameworks(0);
        deeper = 0;
    }

    private void leaveFrameworks(int from) {
        for (int at = scopes.size() - 1; at >= from; at--) {
            Scope scope = scopes.get(at);
            if (!scope.isOfProgram()) {
                scopes.remove(at);
                // A fit that ends in the middle of an epoch never reports the end of that epoch.
                if (scope.start == Boundary.EPOCH_START && scope.training.leaveEpoch()) {
                    scope.training.discardEpoch();
                }
            }
        }
    }

    /**
     * Boundaries of this thread were lost: its scopes of frameworks are in doubt and leave the stack, except that of a
     * worker. An open epoch ends with the next boundary that shows its end. Scopes of the program stay.
     *
     * @return the training that the thread may still be in; null where there is none
     */
    @Nullable
    Training lose() {
        Training outermost = null;
        boolean worked = false;
        boolean trained = false;
        for (int at = scopes.size() - 1; at >= 0; at--) {
            Scope scope = scopes.get(at);
            if (scope.isOfProgram()) {
                continue;
            }
            outermost = scope.training;
            trained |= !scope.isEvaluation() && scope.start != Boundary.WORKER_START;
            worked |= scope.start == Boundary.WORKER_START;
            scopes.remove(at);
            if (scope.start == Boundary.EPOCH_START && scope.training.leaveEpoch()) {
                scope.training.leaveOpen();
            }
        }
        deeper = 0;
        if (outermost != null && worked) {
            scopes.add(new Scope(Boundary.WORKER_START, outermost, Boundary.UNKNOWN, null));
            return null;
        }
        return trained ? outermost : null;
    }

    /** Marks all that is open, since some of what the thread reported is lost. */
    void incomplete() {
        for (Scope scope : scopes) {
            scope.training.incomplete();
            if (scope.epoch != null) {
                scope.epoch.incomplete = true;
            }
        }
    }

    boolean isEmpty() {
        return scopes.isEmpty() && deeper == 0;
    }

    /** Whether a boundary of a framework is part of something that has started and not yet ended. */
    boolean isInside() {
        return enclosing() != null || deeper > 0;
    }

    /**
     * The training that a boundary of a framework is part of: that of the innermost fit or evaluation;
     * null where the boundary is about a training of its own.
     */
    @Nullable
    Training enclosing() {
        if (scopes.isEmpty()) {
            return null;
        }
        Scope innermost = scopes.get(scopes.size() - 1);
        return innermost.isOfProgram() ? null : innermost.training;
    }

    /** The innermost training of a framework, whatever epochs of the program are inside it; null where there is none. */
    @Nullable
    Training innermostOfFrameworks() {
        for (int at = scopes.size() - 1; at >= 0; at--) {
            if (!scopes.get(at).isOfProgram()) {
                return scopes.get(at).training;
            }
        }
        return null;
    }

    /** The training of the program's innermost epoch; null where none is open. */
    @Nullable
    Training innermostOfProgram() {
        for (int at = scopes.size() - 1; at >= 0; at--) {
            if (scopes.get(at).isOfProgram()) {
                return scopes.get(at).training;
            }
        }
        return null;
    }

    /** The epoch of a training of the program that is open on this thread; null where there is none. */
    @Nullable
    OpenEpoch epochOf(Training training) {
        for (int at = scopes.size() - 1; at >= 0; at--) {
            if (scopes.get(at).isOfProgram() && scopes.get(at).training == training) {
                return scopes.get(at).epoch;
            }
        }
        return null;
    }

    /** Whether it scores or uses a model: what trains inside of that is part of it. */
    boolean isEvaluating() {
        return evaluation(scopes.size() - 1) != null;
    }

    /** The outermost evaluation among the scopes of the innermost training. */
    private @Nullable Scope evaluation(int top) {
        Scope evaluation = null;
        for (int at = top; at >= 0 && scopes.get(at).training == scopes.get(top).training; at--) {
            evaluation = scopes.get(at).isEvaluation() ? scopes.get(at) : evaluation;
        }
        return evaluation;
    }

    /** What the thread works for, by its scopes. */
    Activity activity() {
        int top = scopes.size() - 1;
        // A worker has nothing to do between what it reports.
        while (top >= 0 && scopes.get(top).start == Boundary.WORKER_START) {
            top--;
        }
        if (top < 0) {
            return Activity.NONE;
        }
        Training training = scopes.get(top).training;
        Scope evaluation = evaluation(top);
        return new Activity(
                training, evaluation == null ? Phase.TRAIN : evaluation.phase(), enclosing(top - 1, training));
    }

    /** The same where the thread is in a loop that has no scope. */
    Activity activity(Training unscoped) {
        return new Activity(unscoped, Phase.TRAIN, enclosing(scopes.size() - 1, unscoped));
    }

    private List<Enclosing> enclosing(int top, Training inner) {
        if (top < 0) {
            return List.of();
        }
        Map<Training, Enclosing> outer = new LinkedHashMap<>();
        for (int at = top; at >= 0; at--) {
            Scope scope = scopes.get(at);
            if (scope.training != inner) {
                outer.putIfAbsent(scope.training, new Enclosing(scope.training, scope.epoch));
            }
        }
        return List.copyOf(outer.values());
    }
}
