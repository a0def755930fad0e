/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.export;

import java.nio.ByteBuffer;

/**
 * SHA-256 (FIPS 180-4). The JDK's own goes through security providers, which the host can replace, and loads the JDK's
 * cryptography.
 */
final class Sha256 {
    private static final int BLOCK_BYTES = 64;
    private static final int ROUNDS = 64;
    /** The first 32 fraction bits of the cube roots of the first 64 primes, and of the square roots of the first eight. */
    private static final int[] CUBE_ROOTS = new int[ROUNDS];

    private static final int[] SQUARE_ROOTS = new int[8];

    static {
        int prime = 2;
        for (int i = 0; i < ROUNDS; i++) {
            CUBE_ROOTS[i] = fraction(Math.cbrt(prime));
            if (i < SQUARE_ROOTS.length) {
                SQUARE_ROOTS[i] = fraction(Math.sqrt(prime));
            }
            do {
                prime++;
            } while (!isPrime(prime));
        }
    }

    private Sha256() {}

    static byte[] of(byte[] message) {
        int blocks = (message.length + 9 + BLOCK_BYTES - 1) / BLOCK_BYTES;
        ByteBuffer padded = ByteBuffer.allocate(blocks * BLOCK_BYTES);
        padded.put(message).put((byte) 0x80);
        padded.putLong(padded.capacity() - Long.BYTES, 8L * message.length).rewind();
        int[] state = SQUARE_ROOTS.clone();
        while (padded.hasRemaining()) {
            compress(state, padded);
        }
        ByteBuffer digest = ByteBuffer.allocate(32);
        for (int word : state) {
            digest.putInt(word);
        }
        return digest.array();
    }

    private static void compress(int[] state, ByteBuffer block) {
        int[] w = new int[ROUNDS];
        for (int i = 0; i < 16; i++) {
            w[i] = block.getInt();
        }
        for (int i = 16; i < ROUNDS; i++) {
            int s0 = right(w[i - 15], 7) ^ right(w[i - 15], 18) ^ (w[i - 15] >>> 3);
            int s1 = right(w[i - 2], 17) ^ right(w[i - 2], 19) ^ (w[i - 2] >>> 10);
            w[i] = w[i - 16] + s0 + w[i - 7] + s1;
        }
        int[] v = state.clone();
        for (int i = 0; i < ROUNDS; i++) {
            int s1 = right(v[4], 6) ^ right(v[4], 11) ^ right(v[4], 25);
            int choice = (v[4] & v[5]) ^ (~v[4] & v[6]);
            int first = v[7] + s1 + choice + CUBE_ROOTS[i] + w[i];
            int s0 = right(v[0], 2) ^ right(v[0], 13) ^ right(v[0], 22);
            int majority = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]);
            System.arraycopy(v, 0, v, 1, 7);
            v[4] += first;
            v[0] = first + s0 + majority;
        }
        for (int i = 0; i < state.length; i++) {
            state[i] += v[i];
        }
    }

    private static int right(int word, int bits) {
        return Integer.rotateRight(word, bits);
    }

    /** A double has at least 49 fraction bits for a root below 8; the first 32 are exact for these roots. */
    private static int fraction(double root) {
        return (int) (long) ((root - Math.floor(root)) * (1L << 32));
    }

    private static boolean isPrime(int number) {
        for (int divisor = 2; divisor * divisor <= number; divisor++) {
            if (number % divisor == 0) {
                return false;
            }
        }
        return true;
    }
}
