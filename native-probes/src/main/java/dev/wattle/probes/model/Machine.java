/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.model;

/**
 * The processors and memory to model.
 *
 * @param processor its processors
 * @param memoryBytes its main memory; 0 if unknown
 */
record Machine(Processor processor, long memoryBytes) {}
