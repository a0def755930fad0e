/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.host.program;

import dev.wattle.TrainingEpoch;
import dev.wattle.Wattle;
import java.io.IOException;
import java.io.OutputStream;

/** One epoch of its own that lasts until its standard input ends. */
public final class OneEpochUntilInputEnds {
    private OneEpochUntilInputEnds() {}

    public static void main(String[] args) throws IOException {
        try (TrainingEpoch epoch = Wattle.epoch("long")) {
            System.in.transferTo(OutputStream.nullOutputStream());
            epoch.iteration(8, 0.5);
        }
        System.out.println("the input has ended");
    }
}
