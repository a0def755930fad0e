/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import dev.wattle.agent.instrument.ClassTransformation.Result;
import dev.wattle.core.boundary.Boundary;
import dev.wattle.core.boundary.Framework;
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
 * Inserts the bridge calls of the points into the classes they name, and returns null for every other class.
 *
 * <p>Uses the ASM inside Byte Buddy, not its Advice: that loads 600 more classes, which took 0.4 to 0.8 s on two cores, and
 * a DJL program had done its first iterations by then. Only method bodies change, so a retransformation can undo it. A
 * class that no point fits is left unchanged and becomes a finding. Thread-safe.
 */
final class ClassWeaver implements ClassFileTransformer {
    private static final String WARM_UP = WarmUp.class.getName();

    private static final List<String> DL4J_PACKAGES =
            List.of("org.deeplearning4j.", "org.nd4j.", "org.eclipse.deeplearning4j.");

    /** The classes of these packages that update weights, by their simple names. */
    private static final Map<String, Framework> UPDATERS =
            Map.of("Solver", Framework.DL4J, "TrainingSession", Framework.SAMEDIFF);

    private static final String BRIDGE_FIX =
            "let that loader find dev.wattle.agent.bridge where the system class loader does: put wattle-agent.jar on the"
                    + " class path too (-cp), or in OSGi set org.osgi.framework.bootdelegation=dev.wattle.agent.bridge and"
                    + " org.osgi.framework.bundle.parent=app";

    private final Map<String, List<TrainingPoint>> pointsByClass;
    private final Consumer<Framework> found;
    private final Findings findings;
    private final Set<Framework> counted = ConcurrentHashMap.newKeySet();
    private final Map<ClassLoader, Set<String>> seen = Collections.synchronizedMap(new WeakHashMap<>());

    ClassWeaver(Map<String, List<TrainingPoint>> pointsByClass, Consumer<Framework> found, Findings findings) {
        this.pointsByClass = new HashMap<>(pointsByClass);
        this.pointsByClass.put(WARM_UP, WarmUp.POINTS);
        this.found = found;
        this.findings = findings;
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
            checkUnknown(className);
            return null;
        }
        seen.computeIfAbsent(loader, key -> ConcurrentHashMap.newKeySet()).add(className);
        try {
            if (!BridgeVisibility.canCallBridge(loader)) {
                String name = loader.getClass().getName();
                findings.add(
                        "no bridge in " + name,
                        className + " and all else that the class loader " + name + " has of "
                                + points.get(0).framework().tag() + " are not metered: they cannot call the agent; "
                                + BRIDGE_FIX);
                return null;
            }
            Result result = ClassTransformation.apply(loader, bytes, points);
            report(className, points, result);
            return result.bytes();
        } catch (Throwable t) {
            findings.add("failed " + points.get(0).framework(), className + " is not metered: " + t);
            return null;
        }
    }

    private void report(String className, List<TrainingPoint> points, Result result) {
        Framework framework = points.get(0).framework();
        boolean counts = marksIterations(result.applied());
        boolean losesCount = !counts && marksIterations(points);
        if (!result.missing().isEmpty()) {
            String how = result.applied().isEmpty()
                    ? " is not metered in this version: "
                    : " is only partly metered in this version: ";
            findings.add(
                    (losesCount ? "uncounted " : "lacking ") + framework,
                    className
                            + how
                            + String.join("; ", result.missing())
                            + (losesCount ? "; no iteration of " + framework.tag() + " is counted" : ""));
        }
        if (counts && !className.equals(WARM_UP)) {
            counted.add(framework);
            found.accept(framework);
        }
    }

    private static @Nullable Framework frameworkOfUpdater(String className) {
        if (className.startsWith("ai.djl.")) {
            return className.endsWith(".Trainer") ? Framework.DJL : null;
        }
        if (DL4J_PACKAGES.stream().noneMatch(className::startsWith)) {
            return null;
        }
        return UPDATERS.get(className.substring(className.lastIndexOf('.') + 1));
    }

    /** Reports a class without points that looks like a class that updates weights and has moved. */
    void checkUnknown(String className) {
        Framework framework = frameworkOfUpdater(className);
        if (framework != null && !counted.contains(framework)) {
            findings.add(
                    "moved " + framework,
                    className + " is not metered: this version of " + framework.tag()
                            + " has its classes where Wattle does not know them; no iteration of it is counted");
        }
    }

    /** Whether this class has been seen, transformed or not, when it was loaded or later. */
    boolean hasSeen(Class<?> type) {
        return seen.getOrDefault(type.getClassLoader(), Set.of()).contains(type.getName());
    }

    /** Transforms a class of our own, so that the first real one costs the thread that loads it little. */
    void warmUp() throws IOException {
        byte[] bytes;
        try (InputStream in = ClassWeaver.class.getResourceAsStream("ClassWeaver$WarmUp.class")) {
            if (in == null) {
                throw new IOException("the agent's jar lacks a class");
            }
            bytes = in.readAllBytes();
        }
        if (transform(ClassWeaver.class.getClassLoader(), WARM_UP.replace('.', '/'), null, null, bytes) == null) {
            throw new IllegalStateException("instrumentation does not work in this JVM");
        }
    }

    /**
     * Whether the points mark updates of the weights. Only then is a framework in use: libraries load its other classes
     * without training.
     */
    private static boolean marksIterations(List<TrainingPoint> points) {
        return points.stream()
                .anyMatch(point -> point.advice() instanceof Advice.Mark mark && mark.boundary() == Boundary.ITERATION);
    }

    /** Replaces a framework's class in the warm-up. */
    static final class WarmUp {
        static final List<TrainingPoint> POINTS = new InstrumentationPoints(Framework.CUSTOM)
                .in(WARM_UP.replace('.', '/'))
                .around(
                        "step",
                        "(I)I",
                        Boundary.RUN_START,
                        Boundary.RUN_END,
                        ValueExpression.THIS,
                        ValueExpression.argument(0))
                .all();

        private WarmUp() {}

        int step(int count) {
            return count > 0 ? count + 1 : 0;
        }
    }
}
