/* SPDX-License-Identifier: Apache-2.0 */
package dev.wattle.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What of the JDK finds an implementation or a setting through the host, by a service, a property, a context class loader
 * or a default for the whole JVM, and which classes of ours use it all the same. A new use fails here, and goes through the
 * page's reasons before it is written down there.
 */
class HostIndependenceTest {
    private static final Path PAGE = Path.of("..", "docs", "host-independence.md");
    private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\| ([^|]+) \\| [^|]+ \\|");

    private static final List<Pattern> REPLACEABLE = Stream.of(
                    // Services, and loaders that threads have
                    "java\\.util\\.ServiceLoader\\..*",
                    "java\\.lang\\.Thread\\.getContextClassLoader",
                    "java\\.lang\\.ClassLoader\\.getSystem.*",
                    // Network
                    "com\\.sun\\.net\\..*",
                    "java\\.net\\.http\\.HttpClient\\..*",
                    "java\\.nio\\.channels\\.(Selector|Pipe|[A-Za-z]*SocketChannel|DatagramChannel|Asynchronous\\w+)\\.open",
                    "java\\.nio\\.channels\\.spi\\.\\w+\\.provider",
                    "java\\.net\\.(ServerSocket|Socket|DatagramSocket|MulticastSocket)\\.<init>",
                    "java\\.net\\.InetAddress\\.(getByName|getAllByName|getLocalHost|getHostName|getCanonicalHostName)",
                    "java\\.net\\.InetSocketAddress\\.(<init>\\(String, int\\)|getHostName)",
                    "java\\.net\\.URL\\.(<init>.*|open.*|getContent|equals|hashCode)",
                    "java\\.net\\.URI\\.toURL",
                    "java\\.net\\.(ProxySelector|Authenticator|CookieHandler|ResponseCache|URLClassLoader)\\..*",
                    "javax\\.(net|crypto|naming|security|xml|management|script|print|sound)\\..*",
                    // Cryptography, and what draws on it
                    "java\\.security\\.(MessageDigest|SecureRandom|Signature|Key\\w+|Cert\\w*|Security|Provider|AlgorithmParam\\w+)\\..*",
                    "java\\.util\\.UUID\\.(randomUUID|nameUUIDFromBytes)",
                    "java\\.lang\\.Math\\.random",
                    "java\\.util\\.Random\\.<init>",
                    // Texts, languages, times
                    "java\\.nio\\.charset\\.Charset\\.(forName|isSupported|availableCharsets|defaultCharset)",
                    "java\\.lang\\.String\\.(getBytes\\((String)?\\)|<init>\\(byte\\[\\](, int, int)?(, String)?\\))",
                    "java\\.io\\.PrintStream\\.<init>\\(.*",
                    "java\\.util\\.Locale\\.(getDefault|getAvailableLocales|getDisplay\\w+)",
                    "java\\.text\\..*",
                    "java\\.util\\.(ResourceBundle|Formatter|Scanner|Calendar|GregorianCalendar|TimeZone|Currency)\\..*",
                    "java\\.lang\\.String\\.(format\\(String.*|formatted)",
                    "java\\.io\\.PrintStream\\.(printf|format)",
                    "java\\.time\\.ZoneId\\..*",
                    "java\\.time\\.(?!Instant)\\w+\\.now",
                    "java\\.time\\.format\\.DateTimeFormatter\\.(of\\w+|with\\w+)",
                    "java\\.time\\.format\\.DateTimeFormatterBuilder\\.append(Text|Zone\\w+|Localized\\w+|Generic\\w+|Chrono\\w+)",
                    // Files
                    "java\\.nio\\.file\\.(FileSystems|Paths)\\..*",
                    "java\\.nio\\.file\\.Path\\.of",
                    "java\\.nio\\.file\\.Files\\.(createTemp\\w+|probeContentType)",
                    "java\\.io\\.File\\.(toPath|createTempFile)",
                    // Logging, threads, management
                    "java\\.lang\\.System\\.(getLogger|Logger.*|setProperty|setProperties|clearProperty|setErr|setOut|setIn|setSecurityManager)",
                    "java\\.lang\\.(Boolean\\.getBoolean|Integer\\.getInteger|Long\\.getLong)",
                    "java\\.lang\\.System\\.(out|err|in)",
                    "java\\.util\\.logging\\..*",
                    "java\\.util\\.concurrent\\.(Executors\\..*|ForkJoinPool\\..*|ForkJoinTask\\..*|CompletableFuture\\.\\w+Async.*)",
                    "java\\.util\\.\\w+\\.parallelStream",
                    "java\\.util\\.stream\\.\\w+\\.parallel",
                    "java\\.util\\.Timer\\..*",
                    "java\\.lang\\.ref\\.Cleaner\\..*",
                    "java\\.lang\\.Thread\\.(<init>.*|ofVirtual|ofPlatform|startVirtualThread|\\w*DefaultUncaughtExceptionHandler)",
                    "java\\.lang\\.management\\.ManagementFactory\\..*",
                    "java\\.lang\\.(ProcessBuilder\\..*|Runtime\\.exec)",
                    "java\\.(beans|rmi|sql|awt|applet)\\..*",
                    "java\\.util\\.(prefs|spi)\\..*")
            .map(Pattern::compile)
            .toList();

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            // The probes' stand-ins for hardware come as a jar of their own.
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.wattle");

    @Test
    void whatTheHostCanReplaceIsUsedOnlyWhereThePageSaysWhyThatIsHarmless() throws IOException {
        Map<String, String> told = new TreeMap<>();
        List<String> lines = Files.readAllLines(PAGE);
        for (String line : lines.subList(lines.indexOf("## What is used anyway"), lines.size())) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                told.put(row.group(1), row.group(2).strip());
            }
        }
        assertThat(OURS).hasSizeGreaterThan(200);
        assertThat(used()).containsExactlyInAnyOrderEntriesOf(told);
    }

    /** With a locale, Locale.ROOT too, some JDKs look for the digits and signs of that locale among the host's providers. */
    @Test
    void numbersAreWrittenForNoLocale() {
        List<String> localized = new ArrayList<>();
        for (JavaClass type : OURS) {
            for (JavaCodeUnit unit : type.getCodeUnits()) {
                boolean formats = unit.getMethodCallsFromSelf().stream()
                        .anyMatch(call -> call.getTargetOwner().isEquivalentTo(String.class)
                                && call.getName().equals("format"));
                boolean namesALocale = unit.getFieldAccesses().stream()
                        .anyMatch(access -> access.getTargetOwner().isEquivalentTo(Locale.class));
                if (formats && namesALocale) {
                    localized.add(unit.getFullName());
                }
            }
        }
        assertThat(localized).isEmpty();
    }

    private static Map<String, String> used() {
        Map<String, TreeSet<String>> users = new TreeMap<>();
        for (JavaClass type : OURS) {
            Stream.concat(
                            type.getAccessesFromSelf().stream().map(JavaAccess::getTarget),
                            type.getCodeUnitReferencesFromSelf().stream().map(JavaAccess::getTarget))
                    .map(HostIndependenceTest::names)
                    .flatMap(names -> names.stream()
                            .filter(name -> REPLACEABLE.stream()
                                    .map(Pattern::asMatchPredicate)
                                    .anyMatch(matches(name)))
                            .limit(1))
                    .forEach(name -> users.computeIfAbsent(shortened(name), api -> new TreeSet<>())
                            .add(outermost(type)));
        }
        return users.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> String.join(", ", entry.getValue())));
    }

    private static Predicate<Predicate<String>> matches(String name) {
        return pattern -> pattern.test(name);
    }

    /** By its parameters first, then without them. */
    private static List<String> names(AccessTarget target) {
        String plain = target.getOwner().getName() + "." + target.getName();
        if (target instanceof AccessTarget.CodeUnitAccessTarget unit) {
            String parameters = unit.getRawParameterTypes().stream()
                    .map(JavaClass::getSimpleName)
                    .collect(Collectors.joining(", ", "(", ")"));
            return List.of(plain + parameters, plain);
        }
        return List.of(plain);
    }

    private static String shortened(String name) {
        return name.replaceFirst("^(?:java|javax)\\.(?:[a-z]+\\.)*", "").replace("<init>", "new");
    }

    private static String outermost(JavaClass type) {
        return type.getName().replaceFirst("\\$.*", "").replaceFirst(".*\\.", "");
    }
}
