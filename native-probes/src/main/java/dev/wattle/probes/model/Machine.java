/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.probes.model;

/**
 * The processors and memory that a model is applied to.
 *
 * @param processor its processors
 * @param memoryBytes its main memory; 0 where unknown
 */
record Machine(Processor processor, long memoryBytes) {}
