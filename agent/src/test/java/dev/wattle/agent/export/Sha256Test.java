/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Sha256Test {
    @ParameterizedTest
    @MethodSource("lengths")
    void isThatOfTheJdk(int length) throws Exception {
        byte[] message = new byte[length];
        new Random(length).nextBytes(message);

        assertThat(Sha256.of(message))
                .isEqualTo(MessageDigest.getInstance("SHA-256").digest(message));
    }

    static Stream<Integer> lengths() {
        return Stream.concat(IntStream.range(0, 130).boxed(), Stream.of(10_000, 100_001));
    }
}
