/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.HostRun;
import dev.wattle.agent.host.JavaHome;
import dev.wattle.agent.host.program.TrainingLoops;
import dev.wattle.agent.host.program.Trivial;
import dev.wattle.core.boundary.Boundary;
import dev.wattle.core.boundary.Framework;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A program that trains is instrumented; one that does not loads nothing for it. */
class LazyWeavingIT {
    private static final String[] ITERATIONS = {
        Integer.toString(Boundary.ITERATION.eventOf(Framework.DL4J)),
        Integer.toString(Boundary.ITERATION.eventOf(Framework.DJL))
    };
    private static final String JAVAS = "dev.wattle.agent.host.JavaHome#all";

    @ParameterizedTest
    @MethodSource(JAVAS)
    void countsIterationsOfBothFrameworksWithoutWaiting(JavaHome home) {
        HostRun run = HostJvm.on(home).agent().run(TrainingLoops.class, ITERATIONS);

        assertThat(run.stdout()).isEqualTo("both heard\n");
        assertThat(run.exitCode()).isZero();
        assertThat(run.foreignLines()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void loadsOfByteBuddyOnlyItsAsmForATrainingProgram(JavaHome home) {
        HostRun run = HostJvm.on(home).jvmArguments("-Xlog:class+load").agent().run(TrainingLoops.class, ITERATIONS);

        assertThat(run.stdout())
                .contains("net.bytebuddy.jar.asm.ClassReader ")
                .doesNotContainPattern("net\\.bytebuddy\\.(?!jar\\.asm\\.)");
    }

    @ParameterizedTest
    @MethodSource(JAVAS)
    void loadsNoByteBuddyForAProgramThatDoesNotTrain(JavaHome home) {
        HostRun run = HostJvm.on(home).jvmArguments("-Xlog:class+load").agent().run(Trivial.class);

        assertThat(run.stdout())
                .contains("dev.wattle.agent.premain.WattleAgent ")
                .doesNotContain("net.bytebuddy");
    }
}
