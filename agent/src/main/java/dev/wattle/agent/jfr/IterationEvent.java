/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import jdk.jfr.Timestamp;

/** An iteration and its energy. There can be very many, so a recording must enable them. */
@Name("wattle.Iteration")
@Label("Iteration")
@Description(
        "An update of the weights and the energy since the previous one. A GPU may lag behind; sums over an epoch are exact")
@Category({"Wattle", "Training"})
@Enabled(false)
@StackTrace(false)
final class IterationEvent extends Event {
    @Label("Training")
    @Description("The number of the training in this run")
    int training;

    @Label("Framework")
    String framework = "";

    @Label("Iteration")
    @Description("Its number in the training, from 1")
    long iteration;

    @Label("Began")
    @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
    long began;

    @Label("Length")
    @Timespan(Timespan.NANOSECONDS)
    long length;

    @Label("Energy (J)")
    @Joules
    double joules;

    @Label("Energy (µJ)")
    @Microjoules
    long microjoules;

    @Label("Samples")
    @Description("The samples of its batch; -1 where unknown")
    long samples;

    @Label("Loss")
    @Description("NaN where unknown")
    double loss;

    @Label("Below Resolution")
    @Description("Shorter than two readings of the slowest sensor, so that its energy is mostly interpolated")
    boolean belowResolution;
}
