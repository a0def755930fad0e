/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.core.training;

/**
 * One boundary as it comes out of the queue. Reused for the next, so that taking one allocates nothing; for the thread
 * that owns it.
 */
final class BoundaryEvent {
    int event;
    int subject;
    long thread;
    long nanos;
    long size;
    double value;
}
