package io.scalesrpc.spring;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import com.sun.source.util.JavacTask;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples in Java of all pages compile, and need nothing that is internal. Those of
 * docs/testing.md are parts of tests; whole files, after a line with their name, are
 * compiled by .ci/recipe.
 */
class SnippetDocumentTests {

	private static final Path ROOT = Path.of("..");

	private static final Pattern EXAMPLE = Pattern.compile("(?m)^(.*)\n```java\n((?s:.*?))^```");

	private static final Pattern PUBLIC_TYPE = Pattern
		.compile("(?m)^public .*?\\b(?:class|interface|record|enum|@interface) (\\w+)");

	private static final Pattern INTERNAL = Pattern.compile("(?m)^@Internal$");

	/** What is no statement. */
	private static final Pattern DECLARATION = Pattern
		.compile("(?s)(@\\w+|(public|abstract|sealed|final|class|interface|record|enum)\\b).*");

	/** What an example may use without saying where it comes from. */
	private static final String IMPORTS = """
			import java.io.*;
			import java.nio.charset.StandardCharsets;
			import java.time.*;
			import java.util.*;
			import java.util.concurrent.*;
			import javax.net.ssl.*;
			import io.lettuce.core.ScanArgs;
			import io.lettuce.core.dynamic.annotation.Command;
			import io.micrometer.observation.ObservationRegistry;
			import org.apache.kafka.clients.consumer.ConsumerRecord;
			import org.apache.kafka.clients.producer.RecordMetadata;
			import org.apache.thrift.TException;
			import org.springframework.context.annotation.Bean;
			import org.springframework.messaging.handler.annotation.*;
			import org.springframework.web.bind.annotation.PathVariable;
			import org.springframework.web.client.RestClient;
			import org.springframework.web.reactive.function.client.WebClient;
			import org.springframework.web.service.annotation.GetExchange;
			import reactor.core.publisher.Flux;
			import static java.nio.charset.StandardCharsets.UTF_8;
			""";

	/**
	 * What an application would have: its services, and what stands around an example.
	 */
	private static final String APPLICATION = """
			abstract class Application {
				interface Calculator { interface Iface { int add(int a, int b) throws TException; } }
				interface CalculatorClient extends Calculator.Iface {
					int add(int a, int b, CallOptions options) throws TException;
				}
				interface AsyncCalculator { CompletableFuture<Integer> add(int a, int b); }
				record Quote(String sku, String price) { }
				interface Pricing { interface Iface { Quote quote(String sku); } }
				record User(int id) { }
				record Order(String id) { }
				record Session(String user) { }
				interface Sessions { void set(String key, String value); }
				interface Tokens { String current(); CompletionStage<?> renew(); }
				interface FailureCounts { void add(String method, FailureKind kind); }
				static class EtcdServerSetProvider implements ServerSetProvider {
					EtcdServerSetProvider(Duration refresh) { }
					public String scheme() { return "etcd"; }
					public ServerSet create(ServerSetUri uri) { return null; }
				}
				CalculatorClient client;
				Object handler;
				ScalesClientRegistry registry;
				ObservationRegistry observationRegistry;
				ScalesHttpClient http;
				OutputStream file;
				Duration refresh;
				TrustManagerFactory trustManagerFactory;
				KeyManagerFactory keyManagerFactory;
				ConsumerRecord<String, byte[]> record;
			}
			""";

	@Test
	void everyExampleCompiles() throws IOException {
		Map<String, String> types = publicTypes(false);
		List<JavaFileObject> units = new ArrayList<>(List.of(unit("Application", APPLICATION, types)));
		for (Path page : pages()) {
			Matcher example = EXAMPLE.matcher(Files.readString(page));
			String name = page.getFileName().toString().replaceAll("\\W", "_");
			while (example.find()) {
				if (!example.group(1).matches(".*`[\\w/]+\\.java`.*")) {
					String unit = name + "_" + units.size();
					units.add(unit(unit, asClass(unit, example.group(2)), types));
				}
			}
		}
		assertThat(units).hasSizeGreaterThan(20);
		DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		JavacTask task = (JavacTask) compiler.getTask(null, null, said,
				List.of("-proc:none", "-Xlint:none", "-classpath", classPath()), null, units);
		task.analyze();
		assertThat(said.getDiagnostics().stream().filter((one) -> one.getKind() == Diagnostic.Kind.ERROR))
			.extracting(SnippetDocumentTests::describe)
			.isEmpty();
	}

	/** Nor do the demo and the application with many clients. */
	@Test
	void noExampleNeedsWhatIsInternal() throws IOException {
		Map<String, String> internal = publicTypes(true);
		assertThat(internal).hasSizeGreaterThan(100);
		List<String> used = new ArrayList<>();
		for (String sources : List.of("demo-app/src/main", "scales-spring-boot-autoconfigure/mixed-app/src/main")) {
			try (Stream<Path> files = Files.walk(ROOT.resolve(sources))) {
				for (Path file : files.filter((path) -> path.toString().endsWith(".java")).toList()) {
					String text = Files.readString(file);
					internal.values()
						.stream()
						.filter((type) -> text.contains("import " + type + ";"))
						.forEach((type) -> used.add(file.getFileName() + " imports " + type));
				}
			}
		}
		assertThat(used).isEmpty();
	}

	/** What this test runs with; a launcher may have it in a class loader of its own. */
	private static String classPath() {
		if (SnippetDocumentTests.class.getClassLoader() instanceof URLClassLoader loader) {
			return Stream.of(loader.getURLs()).map(URL::getPath).collect(Collectors.joining(File.pathSeparator));
		}
		return System.getProperty("java.class.path");
	}

	private static String describe(Diagnostic<? extends JavaFileObject> error) {
		return error.getSource().getName() + ": " + error.getMessage(null) + " at: "
				+ ((Unit) error.getSource()).text.lines().skip(error.getLineNumber() - 1).findFirst().orElse("");
	}

	/** Declarations are members of the class, anything else is the body of a method. */
	private static String asClass(String name, String example) {
		StringBuilder members = new StringBuilder();
		StringBuilder statements = new StringBuilder();
		for (String part : parts(example)) {
			if (part.startsWith("import ")) {
				continue;
			}
			boolean declaration = DECLARATION.matcher(part).matches();
			(declaration ? members : statements).append(part).append('\n');
			if (declaration && !part.contains("{")) {
				members.append("class Annotated { }\n");
			}
		}
		String imports = example.lines()
			.filter((line) -> line.startsWith("import "))
			.map((line) -> line + "\n")
			.collect(Collectors.joining());
		return imports + "abstract class " + name + " extends Application {\n" + members
				+ "void statements() throws Exception {\n" + statements + "}\n}\n";
	}

	/** What stands between empty lines that are in no braces. */
	private static List<String> parts(String example) {
		List<String> parts = new ArrayList<>();
		StringBuilder part = new StringBuilder();
		int depth = 0;
		for (String line : (example + "\n").split("\n", -1)) {
			depth += line.replaceAll("[^{]", "").length() - line.replaceAll("[^}]", "").length();
			part.append(line).append('\n');
			if (line.isBlank() && depth == 0 && !part.toString().isBlank()) {
				parts.add(part.toString());
				part.setLength(0);
			}
		}
		return parts;
	}

	private static JavaFileObject unit(String name, String text, Map<String, String> types) {
		String imports = types.entrySet()
			.stream()
			.filter((type) -> Pattern.compile("\\b" + type.getKey() + "\\b").matcher(text).find())
			.filter((type) -> !text.contains("import " + type.getValue()))
			.map((type) -> "import " + type.getValue() + ";\n")
			.collect(Collectors.joining());
		return new Unit(name, IMPORTS + imports + text);
	}

	/** Those of the project, by their simple names: what is internal, or what is not. */
	private static Map<String, String> publicTypes(boolean internal) throws IOException {
		Map<String, String> types = new TreeMap<>();
		for (String module : List.of("scales-core", "scales-spring-boot-autoconfigure")) {
			Path sources = ROOT.resolve(module).resolve("src/main/java");
			try (Stream<Path> files = Files.walk(sources)) {
				for (Path file : files.filter((path) -> path.toString().endsWith(".java")).sorted().toList()) {
					String text = Files.readString(file);
					Matcher type = PUBLIC_TYPE.matcher(text);
					if (type.find() && isInternal(file, text) == internal) {
						types.put(type.group(1),
								sources.relativize(file).toString().replaceAll("\\W", ".").replaceAll("\\.java$", ""));
					}
				}
			}
		}
		return types;
	}

	private static boolean isInternal(Path file, String text) throws IOException {
		Path said = file.resolveSibling("package-info.java");
		return INTERNAL.matcher(text).find() || Files.exists(said) && INTERNAL.matcher(Files.readString(said)).find();
	}

	private static List<Path> pages() throws IOException {
		List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md")));
		try (Stream<Path> files = Files.list(ROOT.resolve("docs"))) {
			files.filter((file) -> file.toString().endsWith(".md") && !file.endsWith("testing.md"))
				.sorted()
				.forEach(pages::add);
		}
		return pages;
	}

	/** A source in memory. */
	private static final class Unit extends SimpleJavaFileObject {

		private final String text;

		private Unit(String name, String text) {
			super(URI.create("page:///" + name + ".java"), Kind.SOURCE);
			this.text = text;
		}

		@Override
		public CharSequence getCharContent(boolean ignoreEncodingErrors) {
			return this.text;
		}

	}

}
