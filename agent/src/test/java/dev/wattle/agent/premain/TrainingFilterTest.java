/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.premain;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.IllegalClassFormatException;
import java.security.ProtectionDomain;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingFilterTest {
    private static final ClassLoader HOST = ClassLoader.getSystemClassLoader();
    private static final byte[] ORIGINAL = {1};
    private static final byte[] INSTRUMENTED = {2};

    private final TrainingFilter filter = new TrainingFilter();
    private final AtomicInteger announcements = new AtomicInteger();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org/nd4j/linalg/factory/Nd4j",
                "org/deeplearning4j/optimize/Solver",
                "org/eclipse/deeplearning4j/dl4jcore/optimize/Solver",
                "ai/djl/Model"
            })
    void announcesAClassOfATrainingFramework(String name) throws IllegalClassFormatException {
        filter.onFirstTrainingClass(announcements::incrementAndGet);

        load(name);

        assertThat(announcements).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"java/lang/String", "org/example/Train", "org/nd4jlike/Thing", "ai/djlike/Model"})
    void ignoresOtherClasses(String name) throws IllegalClassFormatException {
        filter.onFirstTrainingClass(announcements::incrementAndGet);
        filter.transformWith(new Weaver());

        assertThat(load(name)).isNull();
        assertThat(announcements).hasValue(0);
    }

    @Test
    void ignoresAClassWithoutAName() throws IllegalClassFormatException {
        filter.transformWith(new Weaver());

        assertThat(load(null)).isNull();
    }

    @Test
    void announcesOnce() throws IllegalClassFormatException {
        filter.onFirstTrainingClass(announcements::incrementAndGet);

        load("ai/djl/Model");
        load("ai/djl/training/Trainer");

        assertThat(announcements).hasValue(1);
    }

    @Test
    void announcesAtOnceIfATrainingClassWasSeenBefore() throws IllegalClassFormatException {
        load("ai/djl/Model");

        filter.onFirstTrainingClass(announcements::incrementAndGet);

        assertThat(announcements).hasValue(1);
    }

    @Test
    void leavesTrainingClassesUnchangedWithoutAWeaver() throws IllegalClassFormatException {
        assertThat(load("ai/djl/Model")).isNull();
    }

    @Test
    void passesTrainingClassesToTheWeaver() throws IllegalClassFormatException {
        filter.transformWith(new Weaver());

        assertThat(load("ai/djl/Model")).isEqualTo(INSTRUMENTED);
    }

    @Test
    void leavesTrainingClassesUnchangedAfterTheWeaverIsRemoved() throws IllegalClassFormatException {
        filter.transformWith(new Weaver());
        filter.transformWith(null);

        assertThat(load("ai/djl/Model")).isNull();
    }

    private byte @Nullable [] load(@Nullable String name) throws IllegalClassFormatException {
        return filter.transform(HOST, name, null, null, ORIGINAL);
    }

    private static final class Weaver implements ClassFileTransformer {
        @Override
        public byte[] transform(
                @Nullable ClassLoader loader,
                @Nullable String name,
                @Nullable Class<?> redefined,
                @Nullable ProtectionDomain domain,
                byte[] bytes) {
            return INSTRUMENTED;
        }
    }
}
