/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.host.program;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLStreamHandler;
import java.net.URLStreamHandlerFactory;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;
import java.nio.charset.Charset;
import java.nio.charset.spi.CharsetProvider;
import java.security.MessageDigestSpi;
import java.security.Provider;
import java.security.SecureRandomSpi;
import java.security.Security;
import java.text.DecimalFormatSymbols;
import java.text.spi.DecimalFormatSymbolsProvider;
import java.util.Collections;
import java.util.Iterator;
import java.util.Locale;
import java.util.SimpleTimeZone;
import java.util.TimeZone;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import org.jspecify.annotations.Nullable;

/**
 * Replaces what the JDK lets a program replace, by things that work for the program and that tell on standard output which
 * of them a thread of the meter has come to. Ends when its standard input does.
 */
public final class Tattling {
    private Tattling() {}

    public static void main(String[] args) throws IOException {
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        TimeZone.setDefault(new Zone());
        Security.insertProviderAt(new Cryptography(), 1);
        URL.setURLStreamHandlerFactory(new Handlers());
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, why) -> System.out.println("uncaught in " + thread.getName()));
        System.in.transferTo(OutputStream.nullOutputStream());
        System.out.println("the program has ended");
    }

    /** Tells, where a thread of the meter asks. */
    public static void asked(String what) {
        if (Thread.currentThread().getName().startsWith("wattle-")) {
            System.out.println(Thread.currentThread().getName() + " has come to the program's " + what);
            StackTraceElement[] stack = new Throwable().getStackTrace();
            for (int i = 1; i < Math.min(stack.length, 16); i++) {
                System.out.println("    " + stack[i]);
            }
        }
    }

    /** Named by a property. */
    public static final class Channels extends SelectorProvider {
        public Channels() {
            asked("SelectorProvider");
        }

        @Override
        public DatagramChannel openDatagramChannel() {
            throw new UnsupportedOperationException();
        }

        @Override
        public DatagramChannel openDatagramChannel(java.net.ProtocolFamily family) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Pipe openPipe() {
            throw new UnsupportedOperationException();
        }

        @Override
        public AbstractSelector openSelector() {
            throw new UnsupportedOperationException();
        }

        @Override
        public ServerSocketChannel openServerSocketChannel() {
            throw new UnsupportedOperationException();
        }

        @Override
        public SocketChannel openSocketChannel() {
            throw new UnsupportedOperationException();
        }
    }

    /** A service. */
    public static final class Charsets extends CharsetProvider {
        public Charsets() {
            asked("CharsetProvider");
        }

        @Override
        public Iterator<Charset> charsets() {
            asked("CharsetProvider.charsets");
            return Collections.emptyIterator();
        }

        @Override
        public @Nullable Charset charsetForName(String name) {
            asked("CharsetProvider for " + name);
            return null;
        }
    }

    /** A service, which -Djava.locale.providers=SPI asks for. */
    public static final class Symbols extends DecimalFormatSymbolsProvider {
        public Symbols() {
            asked("DecimalFormatSymbolsProvider");
        }

        @Override
        public DecimalFormatSymbols getInstance(Locale locale) {
            asked("DecimalFormatSymbols");
            return new DecimalFormatSymbols();
        }

        @Override
        public Locale[] getAvailableLocales() {
            asked("locales");
            return new Locale[] {Locale.ROOT, Locale.ENGLISH, Locale.US};
        }
    }

    /** A service. */
    public static final class Loggers extends System.LoggerFinder {
        public Loggers() {
            asked("LoggerFinder");
        }

        @Override
        public System.Logger getLogger(String name, Module module) {
            asked("System.Logger " + name);
            throw new UnsupportedOperationException();
        }
    }

    /** Named by a property. */
    public static final class Workers implements ForkJoinPool.ForkJoinWorkerThreadFactory {
        @Override
        public ForkJoinWorkerThread newThread(ForkJoinPool pool) {
            asked("worker threads");
            return ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
        }
    }

    private static final class Zone extends SimpleTimeZone {
        private static final long serialVersionUID = 1;

        Zone() {
            super(0, "Tattling");
        }

        @Override
        public int getOffset(long date) {
            asked("TimeZone");
            return super.getOffset(date);
        }

        @Override
        public String getID() {
            asked("TimeZone");
            return super.getID();
        }

        @Override
        public Object clone() {
            asked("TimeZone");
            return super.clone();
        }
    }

    private static final class Handlers implements URLStreamHandlerFactory {
        @Override
        public @Nullable URLStreamHandler createURLStreamHandler(String protocol) {
            asked("URLStreamHandlerFactory for " + protocol);
            return null;
        }
    }

    private static final class Cryptography extends Provider {
        private static final long serialVersionUID = 1;

        Cryptography() {
            super("Tattling", "1", "for a test");
            put("MessageDigest.SHA-256", Digest.class.getName());
            put("SecureRandom.NativePRNG", Randomness.class.getName());
            put("SecureRandom.SHA1PRNG", Randomness.class.getName());
        }

        @Override
        public Service getService(String type, String algorithm) {
            asked("security provider for " + type + "." + algorithm);
            return super.getService(type, algorithm);
        }
    }

    /** Of the security provider. */
    public static final class Digest extends MessageDigestSpi {
        @Override
        protected void engineUpdate(byte input) {}

        @Override
        protected void engineUpdate(byte[] input, int offset, int length) {}

        @Override
        protected byte[] engineDigest() {
            return new byte[32];
        }

        @Override
        protected void engineReset() {}
    }

    /** Of the security provider. */
    public static final class Randomness extends SecureRandomSpi {
        private static final long serialVersionUID = 1;

        @Override
        protected void engineSetSeed(byte[] seed) {}

        @Override
        protected void engineNextBytes(byte[] bytes) {}

        @Override
        protected byte[] engineGenerateSeed(int count) {
            return new byte[count];
        }
    }
}
