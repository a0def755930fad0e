/* SPDX-License-Identifier: Apache-2.0 */
package org.deeplearning4j.nn.api;

/** Stands in for the class of Deeplearning4j 1.0.0-M2.1. */
public interface Model {
    int batchSize();

    double score();
}
