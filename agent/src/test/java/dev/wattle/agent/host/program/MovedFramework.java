/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.host.program;

import ai.djl.elsewhere.Trainer;
import java.io.IOException;
import java.io.OutputStream;

/** Trains with a framework whose classes lie elsewhere, and goes on until its standard input ends. */
public final class MovedFramework {
    private MovedFramework() {}

    public static void main(String[] args) throws IOException {
        new Trainer().step();
        System.in.transferTo(OutputStream.nullOutputStream());
    }
}
