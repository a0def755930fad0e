/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.instrument;

import static dev.wattle.agent.instrument.InstrumentationPoints.UNKNOWN;
import static dev.wattle.agent.instrument.ValueExpression.RESULT;
import static dev.wattle.agent.instrument.ValueExpression.THIS;
import static dev.wattle.agent.instrument.ValueExpression.argument;
import static dev.wattle.core.boundary.Boundary.BATCH;
import static dev.wattle.core.boundary.Boundary.EPOCH_END;
import static dev.wattle.core.boundary.Boundary.EPOCH_START;
import static dev.wattle.core.boundary.Boundary.ITERATION;
import static dev.wattle.core.boundary.Boundary.PASS_START;
import static dev.wattle.core.boundary.Boundary.RUN_END;
import static dev.wattle.core.boundary.Boundary.RUN_START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattle.agent.bridge.TrainingBridge;
import dev.wattle.core.boundary.Boundary;
import dev.wattle.core.boundary.Framework;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An instrumented method marks its boundaries and behaves as before. */
class MethodWeaverTest {
    private static final String LEARNER = Learner.class.getName();
    private static final String INTERNAL = LEARNER.replace('.', '/');
    private static final String GAUGE = INTERNAL + "$Gauge";
    private static final ValueExpression GAUGE_FIELD = THIS.field(INTERNAL, "gauge", "L" + GAUGE + ";");

    private final Recording recorded = new Recording();
    private final List<String> logged = new ArrayList<>();
    private Object instance = new Object();

    @BeforeEach
    void connect() {
        TrainingBridge.connect(recorded);
    }

    @AfterEach
    void disconnect() {
        TrainingBridge.connect(null);
    }

    @Test
    void marksAStartWithItsSizeAndItsEnd() throws Exception {
        weave(learner().around("loop", "(I)I", RUN_START, RUN_END, THIS, argument(0)));

        assertThat(call("loop", 4)).isEqualTo(6);

        assertThat(recorded.lines).containsExactly("RUN_START of " + id() + ", size 4", "RUN_END of " + id());
    }

    @Test
    void marksAnEndByAnExceptionAndThrowsTheException() throws Exception {
        weave(learner().around("loop", "(I)I", RUN_START, RUN_END, THIS, argument(0)));

        assertThatThrownBy(() -> call("loop", 9))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("at seven");
        assertThat(recorded.lines)
                .containsExactly("RUN_START of " + id() + ", size 9", "RUN_END of " + id() + ", failed");
    }

    @Test
    void marksNoReturnWhereAnExceptionLeaves() throws Exception {
        weave(learner().returnOf("loop", "(I)I", ITERATION, THIS, UNKNOWN));

        assertThatThrownBy(() -> call("loop", 9)).hasMessage("at seven");
        assertThat(recorded.lines).isEmpty();
    }

    @Test
    void marksTheEndOfAMethodThatNeverReturns() throws Exception {
        weave(learner().around("never", "()V", RUN_START, RUN_END, THIS, UNKNOWN));

        assertThatThrownBy(() -> call("never")).hasMessage("never returns");
        assertThat(recorded.lines).containsExactly("RUN_START of " + id(), "RUN_END of " + id() + ", failed");
    }

    @Test
    void nestsThePointsOfOneMethod() throws Exception {
        weave(learner()
                .around("step", "()V", RUN_START, RUN_END, THIS, UNKNOWN)
                .around("step", "()V", EPOCH_START, EPOCH_END, THIS, UNKNOWN));

        call("step");

        assertThat(recorded.lines)
                .containsExactlyInAnyOrder(
                        "RUN_START of " + id(), "EPOCH_START of " + id(), "EPOCH_END of " + id(), "RUN_END of " + id())
                .startsWith("RUN_START of " + id())
                .endsWith("RUN_END of " + id());
    }

    @Test
    void findsArgumentsAfterWideOnesOfAStaticMethod() throws Exception {
        weave(learner().around("wide", "(JL" + INTERNAL + ";DJ)D", RUN_START, RUN_END, argument(1), argument(3)));

        assertThat(call("wide", 1L, instance, 2.5, 4L)).isEqualTo(11.0);

        assertThat(recorded.lines).containsExactly("RUN_START of " + id() + ", size 4", "RUN_END of " + id());
    }

    @Test
    void readsFieldsMethodsAndResults() throws Exception {
        weave(learner().returnOf("loop", "(I)I", ITERATION, GAUGE_FIELD, RESULT, GAUGE_FIELD.call(GAUGE, "loss", "F")));

        call("loop", 4);

        assertThat(recorded.lines).containsExactly("ITERATION of " + gaugeId() + ", size 6, value 0.25");
    }

    @Test
    void readsZeroAsUnknownWhereThePointSaysSo() throws Exception {
        weave(learner().returnOf("loop", "(I)I", ITERATION, THIS, UNKNOWN, RESULT.zeroIsUnknown()));

        call("loop", 4);
        call("loop", 1);

        assertThat(recorded.lines).containsExactly("ITERATION of " + id() + ", value 6.0", "ITERATION of " + id());
    }

    @Test
    void readsTheResultOfAMethodThatHasTryBlocks() throws Exception {
        weave(learner().around("caught", "(Z)Ljava/lang/Object;", RUN_START, RUN_END, THIS, UNKNOWN));

        assertThat(call("caught", false)).isEqualTo("returned");
        assertThat(call("caught", true)).isEqualTo("caught inside");
        assertThat(recorded.lines).hasSize(4).noneMatch(line -> line.contains("failed"));
    }

    @Test
    void selectsABoundaryByABoolean() throws Exception {
        weave(learner().entryOf("caught", "(Z)Ljava/lang/Object;", argument(0), EPOCH_START, EPOCH_END, THIS));

        call("caught", true);
        call("caught", false);

        assertThat(recorded.lines).containsExactly("EPOCH_START of " + id(), "EPOCH_END of " + id());
    }

    @Test
    void marksABoundaryWhoseSizeCannotBeRead() throws Exception {
        weave(learner().returnOf("step", "()V", ITERATION, THIS, GAUGE_FIELD.call(GAUGE, "count", "I")), new Failing());

        call("step");

        assertThat(recorded.lines).containsExactly("ITERATION of " + id());
    }

    @Test
    void reportsTheFiguresInAMap() throws Exception {
        weave(learner()
                .add("figures", "()V", new Advice.Figures(THIS, THIS.field(INTERNAL, "figures", "Ljava/util/Map;"))));

        call("figures");

        assertThat(recorded.lines).containsExactly("METRIC of " + id() + ", accuracy 0.5");
    }

    @Test
    void returnsTrueWhereTrainingIsToStop() throws Exception {
        weave(learner()
                .add(
                        "ended",
                        "(ILjava/util/function/IntPredicate;)I",
                        new Advice.TrueWhenStopped(
                                new Member("java/util/function/IntPredicate", "test", "(I)Z"), THIS)));
        IntPredicate atThree = epoch -> epoch == 3;

        assertThat(call("ended", 10, atThree)).isEqualTo(4);
        recorded.stop = true;
        assertThat(call("ended", 10, atThree)).isEqualTo(1);
    }

    @Test
    void asksWhetherToStopOnlyWhereTrainingDoesNotEndAnyway() throws Exception {
        weave(learner()
                .add(
                        "ended",
                        "(ILjava/util/function/IntPredicate;)I",
                        new Advice.TrueWhenStopped(
                                new Member("java/util/function/IntPredicate", "test", "(I)Z"), THIS)));
        IntPredicate always = epoch -> true;
        recorded.stop = true;

        assertThat(call("ended", 10, always)).isEqualTo(1);
        assertThat(recorded.asked).isZero();
    }

    @Test
    void putsTheReasonOfAStopBeforeTheReasonOfTheFramework() throws Exception {
        weave(learner()
                .add(
                        "reason",
                        "(Ljava/util/function/IntPredicate;)Ljava/lang/String;",
                        new Advice.ReasonWhenStopped(
                                new Member("java/lang/Object", "toString", "()Ljava/lang/String;"), THIS)));
        IntPredicate condition = new IntPredicate() {
            @Override
            public boolean test(int epoch) {
                return true;
            }

            @Override
            public String toString() {
                return "at most 40";
            }
        };

        assertThat(call("reason", condition)).isEqualTo("ended by at most 40");
        recorded.reason = "the budget is used up";
        assertThat(call("reason", condition)).isEqualTo("ended by the budget is used up (asked at at most 40)");
        TrainingBridge.connect(new Throwing());
        assertThat(call("reason", condition)).isEqualTo("ended by at most 40");
    }

    @Test
    void marksABoundaryAfterEachCall() throws Exception {
        weave(learner()
                .add(
                        "ended",
                        "(ILjava/util/function/IntPredicate;)I",
                        new Advice.MarkAfter(
                                new Member("java/util/function/IntPredicate", "test", "(I)Z"), PASS_START, THIS)));
        IntPredicate atOne = epoch -> epoch == 1;

        assertThat(call("ended", 10, atOne)).isEqualTo(2);
        assertThat(recorded.lines).containsExactly("PASS_START of " + id(), "PASS_START of " + id());
    }

    @Test
    void setsTheArgumentToZeroWhereTrainingIsToStop() throws Exception {
        weave(learner()
                .add(
                        "ended",
                        "(ILjava/util/function/IntPredicate;)I",
                        new Advice.ZeroWhenStopped(
                                new Member("java/util/function/IntPredicate", "test", "(I)Z"), 0, THIS)));
        IntPredicate never = epoch -> false;

        assertThat(call("ended", 10, never)).isEqualTo(10);
        recorded.stop = true;
        assertThat(call("ended", 10, never)).isEqualTo(1);
    }

    @Test
    void leavesAMethodUnchangedThatReassignsTheSubject() throws Exception {
        weave(learner()
                .around("reassigned", "(JL" + INTERNAL + ";)J", RUN_START, RUN_END, argument(1), argument(0))
                .returnOf("step", "()V", ITERATION, THIS, UNKNOWN));

        assertThat(call("reassigned", 5L, instance)).isEqualTo(5L);
        call("step");

        assertThat(logged).singleElement().asString().contains("reassigned no longer has its argument 1");
        assertThat(recorded.lines).containsExactly("RUN_START of " + id() + ", size 5", "ITERATION of " + id());
    }

    @Test
    void leavesAMethodUnchangedWhoseGetterIsMissingAndLogsItOnce() throws Exception {
        InstrumentationPoints points = learner()
                .returnOf("step", "()V", ITERATION, THIS, GAUGE_FIELD.call(GAUGE, "samples", "I"))
                .returnOf("figures", "()V", BATCH, THIS.field(INTERNAL, "model", "Ljava/lang/Object;"), UNKNOWN);
        WeavingLoader loader = weave(points);
        loader.weave(LEARNER);

        call("step");

        assertThat(recorded.lines).isEmpty();
        assertThat(logged)
                .singleElement()
                .asString()
                .contains("no " + GAUGE.replace('/', '.') + ".samples()I", ".model");
    }

    @Test
    void behavesTheSameWhenTheSinkThrows() throws Exception {
        weave(learner().around("loop", "(I)I", RUN_START, RUN_END, THIS, argument(0)));
        TrainingBridge.connect(new Throwing());

        assertThat(call("loop", 4)).isEqualTo(6);
        assertThatThrownBy(() -> call("loop", 9)).hasMessage("at seven");
    }

    @Test
    void behavesTheSameNoBridgeLoader() throws Exception {
        List<TrainingPoint> points = learner()
                .around("loop", "(I)I", RUN_START, RUN_END, THIS, argument(0))
                .around("caught", "(Z)Ljava/lang/Object;", RUN_START, RUN_END, THIS, UNKNOWN)
                .returnOf("step", "()V", ITERATION, THIS, GAUGE_FIELD.call(GAUGE, "count", "I"))
                .all();
        byte[] instrumented = ClassTransformation.apply(
                        getClass().getClassLoader(), WeavingLoader.original(LEARNER), points)
                .bytes();
        Class<?> learner = new NoBridgeLoader().define(Objects.requireNonNull(instrumented));
        instance = learner.getConstructors()[0].newInstance((Object) null);

        assertThat(call("loop", 4)).isEqualTo(6);
        assertThat(call("caught", true)).isEqualTo("caught inside");
        call("step");
        assertThatThrownBy(() -> call("loop", 9)).hasMessage("at seven");
    }

    private static InstrumentationPoints learner() {
        return new InstrumentationPoints(Framework.CUSTOM).in(INTERNAL);
    }

    private WeavingLoader weave(InstrumentationPoints points) throws Exception {
        return weave(points, new Steady());
    }

    private WeavingLoader weave(InstrumentationPoints points, Learner.Gauge gauge) throws Exception {
        WeavingLoader loader = new WeavingLoader(
                new ClassWeaver(Map.of(LEARNER, points.all()), framework -> {}, new Findings(logged::add)));
        this.gauge = gauge;
        instance = loader.load(LEARNER).getConstructors()[0].newInstance(gauge);
        return loader;
    }

    private Learner.Gauge gauge = new Steady();

    private Object call(String name, Object... arguments) throws Exception {
        for (Method method : instance.getClass().getMethods()) {
            if (method.getName().equals(name)) {
                try {
                    return method.invoke(instance, arguments);
                } catch (InvocationTargetException e) {
                    throw (Exception) e.getCause();
                }
            }
        }
        throw new NoSuchMethodException(name);
    }

    private int id() {
        return System.identityHashCode(instance);
    }

    private int gaugeId() {
        return System.identityHashCode(gauge);
    }

    private static final class Steady implements Learner.Gauge {
        @Override
        public int count() {
            return 3;
        }

        @Override
        public float loss() {
            return 0.25f;
        }
    }

    private static final class Failing implements Learner.Gauge {
        @Override
        public int count() {
            throw new IllegalStateException("nothing to count");
        }

        @Override
        public float loss() {
            return Float.NaN;
        }
    }

    private static final class Throwing implements TrainingBridge.Sink {
        @Override
        public void mark(int event, int subject, long size, double value) {
            throw new AssertionError(Boundary.ofEvent(event));
        }

        @Override
        public void metric(int event, int subject, String name, double value) {
            throw new AssertionError(name);
        }

        @Override
        public boolean stops(int framework, int subject) {
            throw new AssertionError(framework);
        }

        @Override
        public String stopReason(int framework, int subject) {
            throw new AssertionError(framework);
        }
    }

    private static final class NoBridgeLoader extends ClassLoader {
        NoBridgeLoader() {
            super(new ClassLoader(null) {
                @Override
                protected Class<?> findClass(String name) throws ClassNotFoundException {
                    if (name.equals(Learner.Gauge.class.getName())) {
                        return Learner.Gauge.class;
                    }
                    throw new ClassNotFoundException(name);
                }
            });
        }

        Class<?> define(byte[] bytes) {
            return defineClass(LEARNER, bytes, 0, bytes.length);
        }
    }
}
