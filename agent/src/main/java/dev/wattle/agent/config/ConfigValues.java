/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent.config;

import dev.wattle.agent.premain.LaunchText;
import dev.wattle.agent.premain.spelling.NearestWord;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The configured texts, not yet parsed: agent arguments before system properties before environment variables before a
 * properties file.
 *
 * <p>An unknown key is one warning and changes nothing.
 */
final class ConfigValues {

    /** A configured text and where it was set. */
    record Value(String text, String origin) {

        /** The text without the user name and password that an address may have. */
        String shown() {
            return text.replaceAll("//[^/@]*@", "//...@");
        }

        /** Whether it was set for MLflow's clients, and not for the meter. */
        boolean isMlflows() {
            return origin.startsWith(VARIABLE + MLFLOW_PREFIX);
        }
    }

    private static final String PROPERTY_PREFIX = "wattle.";
    private static final String ENVIRONMENT_PREFIX = "WATTLE_";
    private static final String MLFLOW_PREFIX = "MLFLOW_";
    private static final String VARIABLE = "environment variable ";

    /** The variables of MLflow's clients that are keys here. */
    private static final Map<ConfigKey, String> MLFLOW_VARIABLES =
            Map.of(ConfigKey.MLFLOW, "MLFLOW_TRACKING_URI", ConfigKey.MLFLOW_RUN, "MLFLOW_RUN_ID");

    private final Map<ConfigKey, Value> values = new EnumMap<>(ConfigKey.class);
    private final Set<ConfigKey> refused = EnumSet.noneOf(ConfigKey.class);
    private final Consumer<String> warn;
    private final Map<String, String> environment;

    private ConfigValues(Map<String, String> environment, Consumer<String> warn) {
        this.environment = environment;
        this.warn = warn;
    }

    /**
     * Reads what is set for this JVM.
     *
     * @param arguments key=value, separated by commas; null for none
     * @param warn takes a line for each setting that is ignored
     */
    static ConfigValues ofThisJvm(@Nullable String arguments, Consumer<String> warn) {
        LaunchText launch = LaunchText.ofThisProcess();
        Properties properties = new Properties();
        for (String name : System.getProperties().stringPropertyNames()) {
            if (name.startsWith(PROPERTY_PREFIX)) {
                String value = launch.property(name, System.getProperty(name));
                properties.setProperty(name, value == null ? "" : value);
            }
        }
        return read(arguments, properties, launch.environment(System.getenv()), warn);
    }

    static ConfigValues read(
            @Nullable String arguments, Properties properties, Map<String, String> environment, Consumer<String> warn) {
        ConfigValues values = new ConfigValues(environment, warn);
        values.addArguments(arguments == null ? "" : arguments);
        values.addProperties(properties);
        values.addEnvironment();
        Optional<Value> file = values.get(ConfigKey.CONFIG);
        if (file.isPresent()) {
            values.addFile(file.get());
        }
        return values;
    }

    Optional<Value> get(ConfigKey key) {
        return Optional.ofNullable(values.get(key));
    }

    /** An environment variable that is no key; empty where it is not set or blank. */
    Optional<String> environment(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    /** Whether the secret was set where other users can read it. */
    boolean isRefused(ConfigKey secret) {
        return refused.contains(secret);
    }

    /** A part without an equals sign continues the value before it, so that lists need no quotes. */
    private void addArguments(String arguments) {
        String key = null;
        StringBuilder value = new StringBuilder();
        for (String part : arguments.split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0 && !continuesSecret(key, part.substring(0, equals).strip())) {
                addArgument(key, value);
                key = part.substring(0, equals).strip();
                value = new StringBuilder(part.substring(equals + 1));
            } else if (part.isBlank()) {
                // A superfluous comma, as left by scripts that assemble arguments.
                continue;
            } else if (key != null) {
                value.append(',').append(part);
            } else {
                warn.accept("the argument '" + part + "' is ignored: it is not key=value");
            }
        }
        addArgument(key, value);
    }

    /** A secret may contain a comma; its second part must not be shown as an unknown key. */
    private static boolean continuesSecret(@Nullable String key, String next) {
        return key != null && isSecret(key) && ConfigKey.named(next).isEmpty();
    }

    private static boolean isSecret(String name) {
        Optional<ConfigKey> key = ConfigKey.named(name);
        return key.isPresent() && key.get().isSecret();
    }

    private void addArgument(@Nullable String key, StringBuilder value) {
        if (key != null) {
            addVisible(key, value.toString(), "the arguments");
        }
    }

    private void addProperties(Properties properties) {
        for (String name : sortedNames(properties)) {
            if (name.startsWith(PROPERTY_PREFIX)) {
                addVisible(
                        name.substring(PROPERTY_PREFIX.length()),
                        properties.getProperty(name),
                        "system property " + name);
            }
        }
    }

    private void addEnvironment() {
        for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
            String name = variable.getKey();
            if (name.startsWith(ENVIRONMENT_PREFIX)) {
                String key = name.substring(ENVIRONMENT_PREFIX.length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '-');
                add(key, variable.getValue(), VARIABLE + name);
            }
        }
        MLFLOW_VARIABLES.forEach(
                (key, name) -> environment(name).ifPresent(value -> add(key.key(), value, VARIABLE + name)));
    }

    private void addFile(Value file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(file.text()), StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            String reason = e instanceof InvalidPathException ? "not a file name" : e.toString();
            warn.accept(
                    "config=" + file.text() + " (" + file.origin() + ") cannot be read: " + reason + "; it is ignored");
            return;
        }
        for (String name : sortedNames(properties)) {
            String value = properties.getProperty(name);
            String key = name.startsWith(PROPERTY_PREFIX) ? name.substring(PROPERTY_PREFIX.length()) : name;
            if (key.equals(ConfigKey.CONFIG.key())) {
                warn.accept("config=" + value + " in " + file.text() + " is ignored: a file names no other file");
            } else {
                add(key, value, file.text());
            }
        }
    }

    private static Iterable<String> sortedNames(Properties properties) {
        return new TreeSet<>(properties.stringPropertyNames());
    }

    /** Adds a value from a command line, which other users of the machine can read. */
    private void addVisible(String name, String text, String origin) {
        if (isSecret(name)) {
            ConfigKey secret = ConfigKey.named(name).orElseThrow();
            refused.add(secret);
            warn.accept(name + " in " + origin + " is refused, since anybody who lists processes can read it there;"
                    + " allowed: " + secret.allowed() + ", or " + secret.key() + "-file=FILE");
        } else {
            add(name, text, origin);
        }
    }

    private void add(String name, String text, String origin) {
        Optional<ConfigKey> key = ConfigKey.named(name);
        if (key.isEmpty()) {
            List<String> names = knownKeys();
            warn.accept("unknown key '" + name + "' in " + origin + " is ignored;" + NearestWord.question(name, names)
                    + " known keys: " + String.join(", ", names));
        } else {
            Value before = values.putIfAbsent(key.get(), new Value(text.strip(), origin));
            if (before != null && before.origin().equals(origin)) {
                warn.accept(name + " is set twice in " + origin + "; used: "
                        + (key.get().isSecret() ? "the first" : before.shown()));
            }
        }
    }

    private static List<String> knownKeys() {
        List<String> names = new ArrayList<>();
        for (ConfigKey key : ConfigKey.values()) {
            names.add(key.key());
        }
        return names;
    }
}
