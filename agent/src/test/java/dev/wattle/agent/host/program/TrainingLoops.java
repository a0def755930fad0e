/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.host.program;

import ai.djl.training.Trainer;
import dev.wattle.agent.bridge.TrainingBridge;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.Solver;

/** Steps stand-ins of both frameworks until the bridge has heard of an iteration of each, then says so. */
public final class TrainingLoops {
    private static final long LONGEST_NANOS = 30_000_000_000L;

    private TrainingLoops() {}

    /** @param args the numbers of an iteration of Deeplearning4j and of DJL for the bridge */
    public static void main(String[] args) {
        Heard heard = new Heard(Integer.parseInt(args[0]), Integer.parseInt(args[1]));
        Solver solver = new Solver(new SmallModel());
        Trainer trainer = new Trainer();
        long start = System.nanoTime();
        while (!heard.dl4j || !heard.djl) {
            if (System.nanoTime() - start > LONGEST_NANOS) {
                System.out.println("not heard: dl4j " + heard.dl4j + ", djl " + heard.djl);
                return;
            }
            // Each time anew: the agent's runtime connects its own whenever it is ready.
            TrainingBridge.connect(heard);
            solver.optimize(new LayerWorkspaceMgr());
            trainer.step();
        }
        System.out.println("both heard");
    }

    private static final class Heard implements TrainingBridge.Sink {
        private final int dl4jEvent;
        private final int djlEvent;
        private boolean dl4j;
        private boolean djl;

        Heard(int dl4jEvent, int djlEvent) {
            this.dl4jEvent = dl4jEvent;
            this.djlEvent = djlEvent;
        }

        @Override
        public void mark(int event, int subject, long size, double value) {
            dl4j |= event == dl4jEvent;
            djl |= event == djlEvent;
        }

        @Override
        public void metric(int event, int subject, String name, double value) {}

        @Override
        public boolean stops(int framework, int subject) {
            return false;
        }
    }
}
