/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.host.program;

/** Says when its first statement ran, does nothing for so many milliseconds, says when its last one ran, and ends. */
public final class Brief {
    private Brief() {}

    public static void main(String[] args) throws InterruptedException {
        long first = System.nanoTime();
        Thread.sleep(Long.parseLong(args[0]));
        System.out.println(first + " " + System.nanoTime());
    }
}
