/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.host.program;

import java.io.IOException;

/** Does nothing until its standard input ends, so that whoever started it says how long it runs. */
public final class UntilInputEnds {
    private UntilInputEnds() {}

    public static void main(String[] args) throws IOException {
        while (System.in.read() >= 0) {
            // What is said does not matter.
        }
        System.out.println("the input has ended");
    }
}
