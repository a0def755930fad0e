/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.training;

import dev.wattle.agent.host.HostJvm;
import dev.wattle.agent.host.HostRun;
import dev.wattle.agent.host.RunningHost;
import dev.wattle.agent.host.program.ThenUntilInputEnds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The examples that train in one of many ways, named by their first argument, and print their own counts. */
public enum TrainingWay {
    DL4J(Example.DL4J, "dev.wattle.examples.dl4j.TrainingWays", "org.nd4j.linalg.api.ndarray.INDArray"),
    DJL(Example.DJL_EASY, "dev.wattle.examples.djl.TrainingWays", "ai.djl.Model");

    private static final Duration LONGEST = Duration.ofMinutes(3);

    private final Example example;
    private final String mainClass;
    private final String firstClass;

    TrainingWay(Example example, String mainClass, String firstClass) {
        this.example = example;
        this.mainClass = mainClass;
        this.firstClass = firstClass;
    }

    String mainClass() {
        return mainClass;
    }

    /** A class of the framework that loads without effect. */
    String firstClass() {
        return firstClass;
    }

    /** Trains in a way that it knows. */
    public HostRun train(HostJvm jvm, String way, int epochs, int copies) {
        return runWords(jvm, mainClass, way, Integer.toString(epochs), Integer.toString(copies));
    }

    /** Trains in a way that it knows, and stays until its input ends. */
    RunningHost start(HostJvm jvm, String way, int epochs, int copies) {
        return jvm.timeout(LONGEST)
                .startJava(
                        "-cp",
                        example.classPath(),
                        ThenUntilInputEnds.class.getName(),
                        mainClass,
                        way,
                        Integer.toString(epochs),
                        Integer.toString(copies));
    }

    /** Runs a program of the tests where the example's classes are. */
    HostRun run(HostJvm jvm, Class<?> program, String... arguments) {
        return runWords(jvm, program.getName(), arguments);
    }

    private HostRun runWords(HostJvm jvm, String program, String... arguments) {
        List<String> words = new ArrayList<>(List.of("-cp", example.classPath(), program));
        words.addAll(List.of(arguments));
        return jvm.timeout(LONGEST).runJava(words.toArray(String[]::new));
    }
}
