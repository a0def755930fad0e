/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import static net.bytebuddy.matcher.ElementMatchers.hasDescriptor;
import static net.bytebuddy.matcher.ElementMatchers.named;

import dev.wattle.core.training.Framework;
import java.io.IOException;
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
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.TypeResolutionStrategy;
import net.bytebuddy.dynamic.scaffold.InstrumentedType;
import net.bytebuddy.dynamic.scaffold.MethodGraph;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.pool.TypePool;
import org.jspecify.annotations.Nullable;

/**
 * Inlines the advice of the points into the classes they name, and returns null for every other class.
 *
 * <p>Byte Buddy directly and not its AgentBuilder: the names are few and exact, the filter has done the matching, and
 * AgentBuilder would load some 700 classes more, register a transformer of its own and touch its Nexus, which warns on
 * Java 24 and later. Method bodies change, nothing else, so a retransformation can undo it. Thread-safe. A class of
 * another shape than expected is left alone, with one line said.
 */
final class ClassWeaver implements ClassFileTransformer {
    private static final String WARM_UP = WarmUp.class.getName();

    private final ByteBuddy byteBuddy = new ByteBuddy()
            .with(TypeValidation.DISABLED)
            .with(MethodGraph.Compiler.ForDeclaredMethods.INSTANCE)
            .with(InstrumentedType.Factory.Default.FROZEN);
    private final ClassFileLocator ownClasses = ClassFileLocator.ForClassLoader.of(ClassWeaver.class.getClassLoader());
    private final Map<String, List<TrainingPoint>> pointsByClass;
    private final Consumer<Framework> found;
    private final Consumer<String> log;
    private final Set<String> said = ConcurrentHashMap.newKeySet();
    private final Map<ClassLoader, Set<String>> seen = Collections.synchronizedMap(new WeakHashMap<>());

    ClassWeaver(Map<String, List<TrainingPoint>> pointsByClass, Consumer<Framework> found, Consumer<String> log) {
        this.pointsByClass = new HashMap<>(pointsByClass);
        this.pointsByClass.put(
                WARM_UP, List.of(new TrainingPoint(Framework.DJL, WARM_UP, "step", "()V", DjlPoints.Iteration.class)));
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
            byte[] woven = weave(loader, className, bytes, points);
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
        byte[] bytes = ownClasses.locate(WARM_UP).resolve();
        if (transform(ClassWeaver.class.getClassLoader(), WARM_UP.replace('.', '/'), null, null, bytes) == null) {
            throw new IllegalStateException("weaving does not work in this JVM");
        }
    }

    private byte @Nullable [] weave(ClassLoader loader, String className, byte[] bytes, List<TrainingPoint> points) {
        ClassFileLocator locator = new ClassFileLocator.Compound(
                ClassFileLocator.Simple.of(className, bytes), ClassFileLocator.ForClassLoader.of(loader));
        TypePool pool = new TypePool.Default(
                TypePool.CacheProvider.Simple.withObjectType(), locator, TypePool.Default.ReaderMode.FAST);
        TypeDescription type = pool.describe(className).resolve();
        DynamicType.Builder<?> builder = byteBuddy.decorate(type, locator);
        boolean woven = false;
        for (TrainingPoint point : points) {
            ElementMatcher.Junction<MethodDescription> method =
                    named(point.method()).and(hasDescriptor(point.descriptor()));
            if (type.getDeclaredMethods().filter(method).isEmpty()) {
                sayOnce(className + " has no " + point.method() + point.descriptor()
                        + "; this version's iterations are not counted");
                continue;
            }
            builder = builder.visit(Advice.to(point.advice(), ownClasses).on(method));
            woven = true;
        }
        return woven
                ? builder.make(TypeResolutionStrategy.Disabled.INSTANCE, pool).getBytes()
                : null;
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
