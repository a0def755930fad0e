/* SPDX-License-Identifier: Apache-2.0 */
package ai.djl.ndarray;

/** Stands in for the class of DJL 0.35.1. */
public class NDList {}
