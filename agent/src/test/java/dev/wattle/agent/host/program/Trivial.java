/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.host.program;

/** Says hello on both streams and ends with the exit code it is given, by returning where that is 0. */
public final class Trivial {
    private Trivial() {}

    public static void main(String[] args) {
        System.out.println("hello from " + Thread.currentThread().getName());
        System.err.println("and on the error stream");
        int exitCode = args.length == 0 ? 0 : Integer.parseInt(args[0]);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }
}
