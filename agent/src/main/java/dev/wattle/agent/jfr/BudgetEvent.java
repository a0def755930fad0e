/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Percentage;
import jdk.jfr.StackTrace;

/** A part of the run's budget is used up. */
@Name("wattle.Budget")
@Label("Budget")
@Description("A part of the budget of the run is used up")
@Category({"Wattle", "Training"})
@StackTrace(false)
final class BudgetEvent extends Event {
    @Label("Budget")
    @Description("As it was configured, such as 2kWh")
    String budget = "";

    @Label("Used")
    @Percentage
    double used;

    @Label("Stops Training")
    @Description("Training is asked to end after its current epoch")
    boolean stopsTraining;
}
