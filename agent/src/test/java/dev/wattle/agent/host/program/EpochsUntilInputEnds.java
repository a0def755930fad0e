/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.host.program;

import dev.wattle.TrainingEpoch;
import dev.wattle.Wattle;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.locks.LockSupport;

/** Trains in epochs of its own, one around others, with pauses in between, until its standard input ends. */
public final class EpochsUntilInputEnds {
    private static volatile boolean ended;

    private EpochsUntilInputEnds() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Thread trainer = new Thread(EpochsUntilInputEnds::train);
        trainer.start();
        System.in.transferTo(OutputStream.nullOutputStream());
        ended = true;
        trainer.join();
    }

    private static void train() {
        while (!ended) {
            try (TrainingEpoch outer = Wattle.epoch("outer")) {
                try (TrainingEpoch inner = Wattle.epoch("inner")) {
                    inner.iteration(4, 0.5);
                    pause(130);
                }
                outer.iteration(8, 0.25);
                pause(70);
            }
            pause(150);
        }
    }

    private static void pause(long millis) {
        LockSupport.parkNanos(millis * 1_000_000);
    }
}
