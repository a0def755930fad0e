/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattle.agent.bridge.TrainingBridge;
import dev.wattle.core.boundary.Boundary;
import dev.wattle.core.boundary.Framework;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClassWeaverTest {
    private static final String SOLVER = "org.deeplearning4j.optimize.Solver";
    private static final String TRAINER = "ai.djl.training.Trainer";
    private static final Model MODEL = new Model() {
        @Override
        public int batchSize() {
            return 16;
        }

        @Override
        public double score() {
            return 0.5;
        }
    };

    private final Recording recorded = new Recording();
    private final List<Framework> found = new ArrayList<>();
    private final List<String> logged = new ArrayList<>();
    private final Findings findings = new Findings(logged::add);

    @BeforeEach
    void connect() {
        TrainingBridge.connect(recorded);
    }

    @AfterEach
    void disconnect() {
        TrainingBridge.connect(null);
    }

    @Test
    void countsOneIterationForEachStepOfDjl() throws Exception {
        Class<?> trainer = weaving(DjlPoints.POINTS).load(TRAINER);

        Object instance = trainer.getConstructor().newInstance();
        trainer.getMethod("step").invoke(instance);
        trainer.getMethod("step").invoke(instance);

        String step = "ITERATION of " + System.identityHashCode(instance);
        assertThat(recorded.lines).containsExactly(step, step);
        assertThat(found).containsExactly(Framework.DJL);
        assertThat(trainer.getMethod("steps").invoke(instance)).isEqualTo(2);
    }

    @Test
    void countsOneIterationForEachOptimizeOfDl4j() throws Exception {
        Class<?> solver = weaving(Dl4jPoints.POINTS).load(SOLVER);

        optimize(solver, new LayerWorkspaceMgr());

        assertThat(recorded.lines)
                .containsExactly("ITERATION of " + System.identityHashCode(MODEL) + ", size 16, value 0.5");
    }

    @Test
    void countsNothingWhenTheStepThrows() throws Exception {
        Class<?> solver = weaving(Dl4jPoints.POINTS).load(SOLVER);

        assertThatThrownBy(() -> optimize(solver, null))
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .hasMessage("diverged");
        assertThat(recorded.lines).isEmpty();
    }

    @Test
    void leavesAClassWithoutTheMethodUnchangedAndLogsItOnce() throws Exception {
        List<TrainingPoint> otherVersion = new InstrumentationPoints(Framework.DJL)
                .in("ai/djl/training/Trainer")
                .returnOf("step", "(I)V", Boundary.ITERATION, ValueExpression.THIS, InstrumentationPoints.UNKNOWN)
                .all();
        WeavingLoader loader = weaving(otherVersion);

        Class<?> trainer = loader.load(TRAINER);
        loader.weave(TRAINER);

        trainer.getMethod("step").invoke(trainer.getConstructor().newInstance());
        assertThat(recorded.lines).isEmpty();
        assertThat(logged)
                .containsExactly(
                        TRAINER + " is not metered in this version: no step(I)V; no iteration of djl is counted");
        assertThat(findings.lines()).isEqualTo(logged);
        assertThat(found).isEmpty();
    }

    @Test
    void leavesAClassFileFromBeforeJava7Unchanged() throws Exception {
        byte[] old = WeavingLoader.original(TRAINER);
        old[7] = 50;

        byte[] instrumented = weaver(DjlPoints.POINTS)
                .transform(getClass().getClassLoader(), TRAINER.replace('.', '/'), null, null, old);

        assertThat(instrumented).isNull();
        assertThat(logged)
                .containsExactly(TRAINER + " is not metered in this version: it is compiled for a Java before 7;"
                        + " no iteration of djl is counted");
    }

    @Test
    void leavesAClassUnchangedWhoseLoaderHasAnotherBridge() throws Exception {
        WeavingLoader isolated = new WeavingLoader(weaver(DjlPoints.POINTS), TrainingBridge.class.getName());

        Class<?> trainer = isolated.load(TRAINER);

        trainer.getMethod("step").invoke(trainer.getConstructor().newInstance());
        assertThat(recorded.lines).isEmpty();
        assertThat(logged)
                .singleElement()
                .asString()
                .startsWith(TRAINER + " and all else that the class loader " + WeavingLoader.class.getName()
                        + " has of djl are not metered")
                .contains("put wattle-agent.jar on the class path too (-cp)", "org.osgi.framework.bootdelegation");
    }

    @Test
    void logsOneLineForAllClassesOfAnotherVersion() throws Exception {
        ClassWeaver weaver = weaver(Stream.of("a", "b", "c", "d", "e", "f")
                .flatMap(name -> new InstrumentationPoints(Framework.DL4J)
                                .in("acme/" + name)
                                .returnOf(
                                        "fit",
                                        "()V",
                                        Boundary.EPOCH_END,
                                        ValueExpression.THIS,
                                        InstrumentationPoints.UNKNOWN)
                                .all()
                                .stream())
                .toList());
        for (String name : List.of("a", "b", "c", "d", "e", "f")) {
            weaver.transform(getClass().getClassLoader(), "acme/" + name, null, null, WeavingLoader.original(TRAINER));
        }

        assertThat(logged).containsExactly("acme.a is not metered in this version: no fit()V");
        assertThat(findings.lines()).hasSize(5).endsWith("and 2 more like these");
    }

    @Test
    void logsThatAClassThatUpdatesWeightsHasMoved() {
        ClassWeaver weaver = weaver(Dl4jPoints.POINTS);
        for (String name : List.of(
                "org/eclipse/deeplearning4j/optimize/Solver",
                "org/eclipse/deeplearning4j/optimize/Solver$Builder",
                "ai/djl/training/listener/Solver",
                "ai/djl/core/Trainer")) {
            weaver.transform(getClass().getClassLoader(), name, null, null, new byte[0]);
        }

        assertThat(logged)
                .containsExactly(
                        "org.eclipse.deeplearning4j.optimize.Solver is not metered: this version of dl4j has its classes"
                                + " where Wattle does not know them; no iteration of it is counted",
                        "ai.djl.core.Trainer is not metered: this version of djl has its classes where Wattle does not"
                                + " know them; no iteration of it is counted");
    }

    @Test
    void returnsNullForAnyOtherClass() throws Exception {
        assertThat(weaving(DjlPoints.POINTS).weave(Model.class.getName())).isNull();
        assertThat(logged).isEmpty();
    }

    @Test
    void leavesBytesThatItCannotReadUnchanged() {
        byte[] rubbish = {1, 2, 3};

        byte[] instrumented = weaver(DjlPoints.POINTS)
                .transform(getClass().getClassLoader(), TRAINER.replace('.', '/'), null, null, rubbish);

        assertThat(instrumented).isNull();
        assertThat(logged).singleElement().asString().startsWith(TRAINER + " is not metered: ");
    }

    @Test
    void warmsUpWithoutALine() throws Exception {
        weaver(DjlPoints.POINTS).warmUp();

        assertThat(logged).isEmpty();
        assertThat(recorded.lines).isEmpty();
    }

    private WeavingLoader weaving(List<TrainingPoint> points) {
        return new WeavingLoader(weaver(points));
    }

    private ClassWeaver weaver(List<TrainingPoint> points) {
        return new ClassWeaver(
                points.stream().collect(Collectors.groupingBy(TrainingPoint::className)), found::add, findings);
    }

    private static void optimize(Class<?> solver, @Nullable LayerWorkspaceMgr workspace) throws Exception {
        solver.getMethod("optimize", LayerWorkspaceMgr.class)
                .invoke(solver.getConstructor(Model.class).newInstance(MODEL), workspace);
    }
}
