/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.attribution;

/** How many epochs a training is to have, as its fits and loops report it. For the thread that follows. */
final class EpochPlan {

    /** A program that asks for this many epochs or more plans to be stopped by something else. */
    private static final long UNLIMITED = Integer.MAX_VALUE;

    private int planned;
    private int doneBeforeRun;
    private int step = 1;
    private boolean plannedInRun;

    /** Whether the fit that reported the plan is over. */
    private boolean ended;

    private boolean stopped;
    private boolean closed;

    /**
     * A fit starts. A plan of a single epoch is ignored: a loop around the fit knows better.
     *
     * @param epochsDone how many epochs have ended before
     * @param epochs how many this fit is to have; less than 1 where it does not say
     * @param newStep after every how many epochs the fit may end; NaN for each
     */
    void startRun(int epochsDone, long epochs, double newStep) {
        doneBeforeRun = epochsDone;
        step = newStep >= 1 ? (int) newStep : 1;
        plannedInRun = false;
        if (epochs > 1 && epochs < UNLIMITED) {
            plan(epochs);
        }
    }

    /**
     * The fit ends after a maximum of epochs, rounded up to the next at which it may; the least of several holds.
     *
     * <p>It may end after its first epoch, and after every {@code step} from there.
     */
    void limit(long maximum) {
        if (maximum > 1 && maximum < UNLIMITED) {
            plan((maximum - 2) / step * step + step + 1);
        }
    }

    /** The total that a loop of the program reports with each epoch, those that are done included. */
    void planTotal(long epochs) {
        if (epochs > 0) {
            planned = epochs < UNLIMITED ? (int) epochs : 0;
        }
    }

    /** The fit is over: what it had planned beyond that is void. */
    void endRun() {
        ended |= plannedInRun;
    }

    /** The fit stops after so many epochs in all. */
    void stop(int epochs) {
        planned = epochs;
        stopped = true;
    }

    /** The trainer is closed. */
    void close() {
        closed = true;
    }

    /** A further epoch starts, planned or not. */
    void resume() {
        if (ended || stopped) {
            planned = 0;
        }
        ended = false;
        stopped = false;
        closed = false;
    }

    private void plan(long epochs) {
        ended = false;
        stopped = false;
        int total = (int) Math.min(Integer.MAX_VALUE, doneBeforeRun + epochs);
        planned = plannedInRun ? Math.min(planned, total) : total;
        plannedInRun = true;
    }

    /**
     * The planned epochs in all; 0 where nothing says.
     *
     * @param configured what the user configured, which takes precedence until the training is stopped; 0 for nothing
     */
    int planned(int configured) {
        return configured > 0 && !stopped ? configured : planned;
    }

    /** Whether no more of the planned epochs are to come. */
    boolean hasEnded(int configured) {
        return closed || stopped || ended && configured <= 0;
    }
}
