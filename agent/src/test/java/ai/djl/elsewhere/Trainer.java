/* SPDX-License-Identifier: Apache-2.0 */
package ai.djl.elsewhere;

/** Stands for the trainer of a framework whose classes have moved to where Wattle does not know them. */
public final class Trainer {
    /** Trains. */
    public void step() {
        System.out.println("one step");
    }
}
