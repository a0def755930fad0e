/* SPDX-License-Identifier: Apache-2.0 */
package ai.djl.training;

/** Stands in for the class of DJL 0.35.1: the same name and descriptor. */
public class Trainer {
    private int steps;

    public void step() {
        steps++;
    }

    public int steps() {
        return steps;
    }
}
