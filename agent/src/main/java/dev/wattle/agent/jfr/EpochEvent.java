/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import jdk.jfr.Timestamp;

/** What an epoch was and cost. It comes when its energy is known, a little after its end. */
@Name("wattle.Epoch")
@Label("Epoch")
@Description("An epoch of a training and its energy")
@Category({"Wattle", "Training"})
@StackTrace(false)
final class EpochEvent extends Event {
    @Label("Training")
    @Description("The number of the training in this run")
    int training;

    @Label("Framework")
    String framework = "";

    @Label("Epoch")
    @Description("Its number in the training, from 1; the first where several are put together")
    int epoch;

    @Label("Last Epoch")
    @Description("The same unless several are put together")
    int lastEpoch;

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

    @Label("Inside Energy (µJ)")
    @Description("How much of the energy trainings inside of the epoch used, in whose figures it is too")
    @Microjoules
    long insideMicrojoules;

    @Label("Validation Energy (µJ)")
    @Description("How much of the energy went into validation")
    @Microjoules
    long validationMicrojoules;

    @Label("Iterations")
    @Description("Updates of the weights")
    long iterations;

    @Label("Samples")
    @Description("The samples of its batches, as far as known")
    long samples;

    @Label("Loss")
    @Description("NaN where not known")
    double loss;

    @Label("Metrics")
    @Description("Figures of merit, such as accuracy=0.93")
    String metrics = "";

    @Label("Below Resolution")
    @Description(
            "Shorter than two steps of the slowest sensor, so that its energy is little more than an interpolation")
    boolean belowResolution;

    @Label("Shared")
    @Description("Another training was at work at the same time, and bears its part of the energy")
    boolean shared;

    @Label("Incomplete")
    @Description("Some of what it told was lost, or some of its time was not metered")
    boolean incomplete;
}
