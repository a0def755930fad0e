/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.IllegalClassFormatException;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/**
 * The only transformer that the agent registers. It passes the classes of training frameworks to the weaver.
 *
 * <p>For any other class it checks only the name and uses no other class, so it cannot cause a ClassCircularityError while
 * the JDK loads its own classes. It announces the first training class once; no host thread waits for what that starts. If
 * a weaver throws, the JVM leaves the class unchanged. Thread-safe.
 */
public final class TrainingFilter implements ClassFileTransformer {
    private volatile boolean seen;
    private volatile @Nullable ClassFileTransformer weaver;
    private @Nullable Runnable announcement;

    /** Runs {@code task} once a training class has been seen: now, or later on the thread that loads the first one. */
    public void onFirstTrainingClass(Runnable task) {
        synchronized (this) {
            if (!seen) {
                announcement = task;
                return;
            }
        }
        task.run();
    }

    /** Passes training classes to {@code weaver} from now on; null leaves them unchanged. */
    public void transformWith(@Nullable ClassFileTransformer weaver) {
        this.weaver = weaver;
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] bytes)
            throws IllegalClassFormatException {
        if (name == null || loader == null || !isTraining(name)) {
            return null;
        }
        if (!seen) {
            announce();
        }
        ClassFileTransformer current = weaver;
        return current == null ? null : current.transform(loader, name, redefined, domain, bytes);
    }

    private static boolean isTraining(String name) {
        return name.startsWith("org/nd4j/")
                || name.startsWith("org/deeplearning4j/")
                || name.startsWith("org/eclipse/deeplearning4j/")
                || name.startsWith("ai/djl/");
    }

    /** Runs the task that waits for the first training class; later calls do nothing. */
    public void announce() {
        Runnable task;
        synchronized (this) {
            seen = true;
            task = announcement;
            announcement = null;
        }
        if (task != null) {
            task.run();
        }
    }
}
