/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.host.program;

import java.io.IOException;

/** Fills the heap once it is told to, keeps it full for some seconds, frees it, and stays until its standard input ends. */
public final class FullHeap {
    private static final int ELEMENTS = 100;
    private static final long FULL_MILLIS = 3_000;

    private FullHeap() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        System.out.println("begun");
        System.in.read();
        fill();
        System.out.println("freed");
        UntilInputEnds.main(args);
    }

    /** With small things, so that there is no room for anything; kept in a chain, which needs no room of its own. */
    private static void fill() throws InterruptedException {
        Object[] chain = new Object[ELEMENTS];
        try {
            while (true) {
                Object[] next = new Object[ELEMENTS];
                next[0] = chain;
                chain = next;
            }
        } catch (OutOfMemoryError full) {
            Thread.sleep(FULL_MILLIS);
        }
        if (chain.length != ELEMENTS) {
            throw new AssertionError();
        }
    }
}
