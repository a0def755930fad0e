/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import dev.wattle.agent.instrument.IterationCalls.Woven;
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
        this.pointsByClass.put(WARM_UP, List.of(new TrainingPoint(Framework.DJL, WARM_UP, "step", "()V")));
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
            byte[] woven = weave(className, bytes, points);
            if (woven != null && !className.equals(WARM_UP)) {
                found.accept(points.get(0).framework());
            }
            return woven;
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

    private byte @Nullable [] weave(String className, byte[] bytes, List<TrainingPoint> points) {
        Woven woven = IterationCalls.weave(bytes, points);
        for (TrainingPoint point : woven.missing()) {
            sayOnce(className + " has no " + point.method() + point.descriptor()
                    + "; this version's iterations are not counted");
        }
        return woven.bytes();
    }

    private void sayOnce(String line) {
        if (said.add(line)) {
            log.accept(line);
        }
    }

    /** Stands in for a framework's class. */
    static final class WarmUp {
        private WarmUp() {}

        void step() {}
    }
}
