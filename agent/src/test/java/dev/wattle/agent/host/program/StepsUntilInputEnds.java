/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.host.program;

import ai.djl.training.Trainer;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

/** Trains, step by step, until its standard input ends; it knows nothing of the agent. */
public final class StepsUntilInputEnds {
    private StepsUntilInputEnds() {}

    public static void main(String[] args) throws IOException {
        Trainer trainer = new Trainer();
        while (System.in.available() == 0) {
            trainer.step();
            LockSupport.parkNanos(1_000_000);
        }
    }
}
