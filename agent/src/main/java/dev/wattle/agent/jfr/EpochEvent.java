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

/** An epoch and its energy. Recorded once the energy is known, a little after the epoch's end. */
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
    @Description("Its number in the training, from 1; the first of several that were combined")
    int epoch;

    @Label("Last Epoch")
    @Description("The last of several that were combined; otherwise the same")
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
    @Description("The part of the energy that nested trainings used; it is in their figures too")
    @Microjoules
    long insideMicrojoules;

    @Label("Validation Energy (µJ)")
    @Description("The part of the energy used by validation")
    @Microjoules
    long validationMicrojoules;

    @Label("Iterations")
    @Description("Updates of the weights")
    long iterations;

    @Label("Samples")
    @Description("The samples of its batches, where known")
    long samples;

    @Label("Loss")
    @Description("NaN where unknown")
    double loss;

    @Label("Metrics")
    @Description("Quality metrics, such as accuracy=0.93")
    String metrics = "";

    @Label("Below Resolution")
    @Description("Shorter than two readings of the slowest sensor, so that its energy is mostly interpolated")
    boolean belowResolution;

    @Label("Shared")
    @Description("Another training was active at the same time and has its part of the energy")
    boolean shared;

    @Label("Incomplete")
    @Description("Some of its boundaries were lost, or some of its time was not metered")
    boolean incomplete;
}
