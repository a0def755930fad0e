/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Drains a process's stream on a thread of its own, so that the process never blocks on a full pipe. */
final class CapturedStream implements Runnable {
    private final Reader reader;
    private final StringBuilder text = new StringBuilder();
    private boolean ended;

    private CapturedStream(Reader reader) {
        this.reader = reader;
    }

    static CapturedStream of(InputStream stream, String threadName) {
        CapturedStream captured = new CapturedStream(new InputStreamReader(stream, StandardCharsets.UTF_8));
        Thread thread = new Thread(captured, threadName);
        thread.setDaemon(true);
        thread.start();
        return captured;
    }

    @Override
    public void run() {
        char[] buffer = new char[4096];
        try (reader) {
            for (int n = reader.read(buffer); n >= 0; n = reader.read(buffer)) {
                append(buffer, n);
            }
        } catch (IOException killed) {
            // A killed process closes its pipe under us; what came before counts.
        } finally {
            end();
        }
    }

    synchronized String soFar() {
        return text.toString();
    }

    /** All of it, once the other side has closed. */
    synchronized String whole() throws InterruptedException {
        while (!ended) {
            wait();
        }
        return text.toString();
    }

    synchronized boolean awaitText(String wanted, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (text.indexOf(wanted) < 0) {
            long millisLeft = (deadline - System.nanoTime()) / 1_000_000;
            if (ended || millisLeft <= 0) {
                return false;
            }
            wait(millisLeft);
        }
        return true;
    }

    private synchronized void append(char[] buffer, int length) {
        text.append(buffer, 0, length);
        notifyAll();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }
}
