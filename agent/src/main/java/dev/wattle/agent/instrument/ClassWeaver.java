/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import dev.wattle.agent.instrument.ClassTransformation.Woven;
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
 * Puts the bridge calls of the points into the classes they name, and returns null for every other class.
 *
 * <p>With the ASM inside Byte Buddy and not with its Advice: that loads 600 classes more, which took 0.4 to 0.8 s on two
 * cores, and a DJL program had done its first iterations by then. Method bodies change, nothing else, so a
 * retransformation can undo it. Thread-safe. A class of another shape than expected is left alone, and is found.
 */
final class ClassWeaver implements ClassFileTransformer {
    private static final String WARM_UP = WarmUp.class.getName();

    /** The packages of Deeplearning4j and SameDiff, and what updates weights there and in DJL. */
    private static final List<String> PACKAGES =
            List.of("org.deeplearning4j.", "org.nd4j.", "org.eclipse.deeplearning4j.");

    private static final Map<String, Framework> UPDATING =
            Map.of("Solver", Framework.DL4J, "TrainingSession", Framework.SAMEDIFF);

    private static final String UNSEEN_REMEDY =
            "have that loader find dev.wattle.agent.bridge where the system class loader does: put wattle-agent.jar on the"
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
            lookAtUnknown(className);
            return null;
        }
        seen.computeIfAbsent(loader, unseen -> ConcurrentHashMap.newKeySet()).add(className);
        try {
            if (!BridgeVisibility.hasOurs(loader)) {
                String name = loader.getClass().getName();
                findings.add(
                        "unseen by " + name,
                        className + " and what else of "
                                + points.get(0).framework().tag() + " the class loader " + name
                                + " has are not metered: they do not see the agent; " + UNSEEN_REMEDY);
                return null;
            }
            Woven woven = ClassTransformation.weave(loader, bytes, points);
            tell(className, points, woven);
            return woven.bytes();
        } catch (Throwable t) {
            findings.add("failed " + points.get(0).framework(), className + " is not metered: " + t);
            return null;
        }
    }

    private void tell(String className, List<TrainingPoint> points, Woven woven) {
        Framework framework = points.get(0).framework();
        boolean counts = tellsIterations(woven.fitting());
        boolean countsNoMore = !counts && tellsIterations(points);
        if (!woven.lacking().isEmpty()) {
            String how = woven.fitting().isEmpty()
                    ? " is not metered, this version of it: "
                    : " is metered in part only, this version of it: ";
            findings.add(
                    (countsNoMore ? "uncounted " : "lacking ") + framework,
                    className
                            + how
                            + String.join("; ", woven.lacking())
                            + (countsNoMore ? "; no iteration of " + framework.tag() + " is counted" : ""));
        }
        if (counts && !className.equals(WARM_UP)) {
            counted.add(framework);
            found.accept(framework);
        }
    }

    private static @Nullable Framework updating(String className) {
        if (className.startsWith("ai.djl.")) {
            return className.endsWith(".Trainer") ? Framework.DJL : null;
        }
        if (PACKAGES.stream().noneMatch(className::startsWith)) {
            return null;
        }
        return UPDATING.get(className.substring(className.lastIndexOf('.') + 1));
    }

    /** A class of a framework's that has no points, and may be one that had them where it was before. */
    void lookAtUnknown(String className) {
        Framework framework = updating(className);
        if (framework != null && !counted.contains(framework)) {
            findings.add(
                    "moved " + framework,
                    className + " is not metered: this version of " + framework.tag()
                            + " has its classes where Wattle does not know them; no iteration of it is counted");
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
                .anyMatch(point -> point.action() instanceof Advice.Mark mark && mark.boundary() == Boundary.ITERATION);
    }

    /** Stands in for a framework's class. */
    static final class WarmUp {
        static final List<TrainingPoint> POINTS = new InstrumentationPoints(Framework.CUSTOM)
                .in(WARM_UP.replace('.', '/'))
                .around(
                        "step",
                        "(I)I",
                        Boundary.RUN_BEGIN,
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
