/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.host.program;

import org.deeplearning4j.nn.api.Model;

/** What a stand-in of Deeplearning4j's solver solves. */
final class SmallModel implements Model {
    @Override
    public int batchSize() {
        return 1;
    }

    @Override
    public double score() {
        return 0;
    }
}
