/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import dev.wattle.agent.instrument.PointWeaving.Woven;
import dev.wattle.core.training.Boundary;
import dev.wattle.core.training.Framework;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts the bridge calls of the points into the classes they name, and returns null for every other class.
 *
 * <p>With the ASM inside Byte Buddy and not with its Advice: that loads 600 classes more, which took 0.4 to 0.8 s on two
 * cores, and a DJL program had done its first iterations by then. Method bodies change, nothing else, so a
 * retransformation can undo it. Thread-safe. A class of another shape than expected is left alone, with one line said.
 */
final class ClassWeaver implements ClassFileTransformer {
    private static final String WARM_UP = WarmUp.class.getName();

    private final Map<String, List<TrainingPoint>> pointsByClass;
    private final Consumer<Framework> found;
    private final Consumer<String> log;
    private final Set<String> said = ConcurrentHashMap.newKeySet();
    private final Map<ClassLoader, Set<String>> seen = Collections.synchronizedMap(new WeakHashMap<>());

    ClassWeaver(Map<String, List<TrainingPoint>> pointsByClass, Consumer<Framework> found, Consumer<String> log) {
        this.pointsByClass = new HashMap<>(pointsByClass);
        this.pointsByClass.put(WARM_UP, WarmUp.POINTS);
        this.found = found;
        this.log = log;
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String internalName,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        if (loader == null || internalName == null) {
            return null;
        }
        String className = internalName.replace('/', '.');
        List<TrainingPoint> points = pointsByClass.get(className);
        if (points == null) {
            return null;
        }
        seen.computeIfAbsent(loader, unseen -> ConcurrentHashMap.newKeySet()).add(className);
        try {
            if (!BridgeSight.hasOurs(loader)) {
                sayOnce(className + " is not metered: its class loader does not see the agent");
                return null;
            }
            Woven woven = PointWeaving.weave(loader, bytes, points);
            if (!woven.lacking().isEmpty()) {
                String how = woven.fitting().isEmpty()
                        ? " is not metered, this version of it: "
                        : " is metered in part only, this version of it: ";
                sayOnce(className + how + String.join("; ", woven.lacking()));
            }
            if (!className.equals(WARM_UP) && tellsIterations(woven.fitting())) {
                found.accept(points.get(0).framework());
            }
            return woven.bytes();
        } catch (Throwable t) {
            sayOnce(className + " is not metered: " + t);
            return null;
        }
    }

    /** Whether this class has come by, woven or not, when it was loaded or since. */
    boolean hasSeen(Class<?> type) {
        return seen.getOrDefault(type.getClassLoader(), Set.of()).contains(type.getName());
    }

    /** Weaves a class of our own, so that the first real one costs the thread that loads it little. */
    void warmUp() throws IOException {
        byte[] bytes;
        try (InputStream in = ClassWeaver.class.getResourceAsStream("ClassWeaver$WarmUp.class")) {
            if (in == null) {
                throw new IOException("the agent's jar lacks a class");
            }
            bytes = in.readAllBytes();
        }
        if (transform(ClassWeaver.class.getClassLoader(), WARM_UP.replace('.', '/'), null, null, bytes) == null) {
            throw new IllegalStateException("weaving does not work in this JVM");
        }
    }

    /** Libraries load classes of frameworks that nothing trains with; what updates weights is loaded to be used. */
    private static boolean tellsIterations(List<TrainingPoint> points) {
        return points.stream()
                .anyMatch(point -> point.action() instanceof Action.Mark mark && mark.boundary() == Boundary.ITERATION);
    }

    private void sayOnce(String line) {
        if (said.add(line)) {
            log.accept(line);
        }
    }

    /** Stands in for a framework's class. */
    static final class WarmUp {
        static final List<TrainingPoint> POINTS = new Points(Framework.CUSTOM)
                .in(WARM_UP.replace('.', '/'))
                .around("step", "(I)I", Boundary.RUN_BEGIN, Boundary.RUN_END, Value.THIS, Value.argument(0))
                .all();

        private WarmUp() {}

        int step(int count) {
            return count > 0 ? count + 1 : 0;
        }
    }
}
