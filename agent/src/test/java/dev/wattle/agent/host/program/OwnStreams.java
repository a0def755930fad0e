/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.host.program;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Replaces both of its output streams and tells at its end, on the first one, what came into the new ones. */
public final class OwnStreams {
    private OwnStreams() {}

    public static void main(String[] args) throws IOException {
        PrintStream out = System.out;
        ByteArrayOutputStream taken = new ByteArrayOutputStream();
        System.setOut(new PrintStream(taken, true, StandardCharsets.UTF_8));
        System.setErr(System.out);
        System.in.transferTo(OutputStream.nullOutputStream());
        out.println("taken: '" + taken.toString(StandardCharsets.UTF_8) + "'");
    }
}
