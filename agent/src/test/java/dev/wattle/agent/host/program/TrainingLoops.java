/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.host.program;

import ai.djl.training.Trainer;
import dev.wattle.agent.bridge.TrainingBridge;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.Solver;

/** Steps stand-ins of both frameworks until the bridge has heard of each, then says so. */
public final class TrainingLoops {
    private static final long LONGEST_NANOS = 30_000_000_000L;

    private TrainingLoops() {}

    public static void main(String[] args) {
        AtomicIntegerArray heard = new AtomicIntegerArray(3);
        Solver solver = new Solver();
        Trainer trainer = new Trainer();
        long start = System.nanoTime();
        while (heard.get(TrainingBridge.DL4J) == 0 || heard.get(TrainingBridge.DJL) == 0) {
            if (System.nanoTime() - start > LONGEST_NANOS) {
                System.out.println("not heard: " + heard);
                return;
            }
            // Each time anew: the agent's runtime connects its own whenever it is ready.
            TrainingBridge.connect(heard::incrementAndGet);
            solver.optimize(new LayerWorkspaceMgr());
            trainer.step();
        }
        System.out.println("both heard");
    }
}
