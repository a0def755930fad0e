/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.host.program;

import java.io.IOException;

/** Runs the main class that its first argument names and stays until its standard input ends, to be asked about it. */
public final class ThenUntilInputEnds {
    private ThenUntilInputEnds() {}

    public static void main(String[] args) throws ReflectiveOperationException, IOException {
        String[] rest = new String[args.length - 1];
        System.arraycopy(args, 1, rest, 0, rest.length);
        Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object) rest);
        UntilInputEnds.main(new String[0]);
    }
}
