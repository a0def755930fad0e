/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.IllegalClassFormatException;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/**
 * The one transformer in the JVM: lets the classes of training frameworks through to the weaver, and nothing else.
 *
 * <p>For any other class it looks at the name and touches no other class, so it cannot take part in a
 * ClassCircularityError while the JDK loads its own. The first training class is announced once; no host thread ever
 * waits for what that starts. Thread-safe. What a weaver throws, the JVM takes as "unchanged".
 */
public final class TrainingFilter implements ClassFileTransformer {
    private volatile boolean seen;
    private volatile @Nullable ClassFileTransformer weaver;
    private @Nullable Runnable announcement;

    /** Runs {@code task} once a training class has been seen: at once if it has, else on the thread that loads it. */
    public void onFirstTrainingClass(Runnable task) {
        synchronized (this) {
            if (!seen) {
                announcement = task;
                return;
            }
        }
        task.run();
    }

    /** Hands training classes to {@code weaver} from now on; null lets them pass untouched. */
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

    /** Has the task run that waits for the first training class; later calls do nothing. */
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
