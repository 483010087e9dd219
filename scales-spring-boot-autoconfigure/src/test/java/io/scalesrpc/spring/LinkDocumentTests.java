package io.scalesrpc.spring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every link between the documents leads to a page, and to a heading, that is there; and
 * every page can be found from the index.
 */
class LinkDocumentTests {

	private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	private static final Path DOCS = ROOT.resolve("docs");

	private static final Path INDEX = DOCS.resolve("README.md");

	private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

	@Test
	void everyLinkLeadsSomewhere() throws IOException {
		List<String> broken = new ArrayList<>();
		int links = 0;
		for (Path page : pages()) {
			for (String link : links(page)) {
				links++;
				if (!leadsSomewhere(page, link)) {
					broken.add(ROOT.relativize(page) + ": " + link);
				}
			}
		}
		assertThat(broken).isEmpty();
		assertThat(links).isGreaterThan(200);
	}

	@Test
	void everyPageIsInTheIndex() throws IOException {
		Set<String> indexed = targets(INDEX);
		Set<String> missing = new TreeSet<>();
		try (Stream<Path> files = Files.list(DOCS)) {
			files.filter((file) -> file.toString().endsWith(".md") && !file.equals(INDEX))
				.forEach((file) -> missing.add(DOCS.relativize(file).toString()));
		}
		missing.removeAll(indexed);
		assertThat(missing).isEmpty();
		assertThat(indexed).contains("decisions/README.md");
		assertThat(targets(ROOT.resolve("README.md"))).contains("docs/README.md");
	}

	/**
	 * With two clicks: from the first page to the index, and by its row to a section that
	 * says it.
	 */
	@Test
	void whatNewUsersLookForIsTwoClicksAway() throws IOException {
		assertThat(links(ROOT.resolve("README.md"))).contains("docs/README.md");
		Map<String, String> asked = new LinkedHashMap<>();
		for (String line : Files.readAllLines(INDEX)) {
			Matcher row = Pattern.compile("\\| (.+) \\| .*?]\\((.+?)\\).*\\|").matcher(line);
			if (row.matches()) {
				asked.put(row.group(1).toLowerCase(Locale.ROOT), row.group(2));
			}
		}
		Map<String, String> wanted = Map.of("code generation", "iotdb-tools-thrift", "timeout of one call",
				"CallOptions.timeout", "token", "BearerTokenFilter", "caller", "ServerCall.current()", "fault",
				"Act.NACK", "traces", "spring-boot-starter-opentelemetry", "gradle", "build.gradle", "compare",
				"What the others do better", "upgrade", "renamed", "first call fail", "warm-up: true");
		for (Map.Entry<String, String> one : wanted.entrySet()) {
			String question = asked.keySet()
				.stream()
				.filter((text) -> text.contains(one.getKey()))
				.findFirst()
				.orElseThrow(() -> new AssertionError("nobody asks for: " + one.getKey()));
			assertThat(section(asked.get(question))).as(question).contains(one.getValue());
		}
	}

	/**
	 * From the heading that a link of the index names to the next of its kind, examples
	 * included.
	 */
	private static String section(String link) throws IOException {
		String[] parts = link.split("#", 2);
		String page = Files.readString(DOCS.resolve(parts[0]));
		if (parts.length == 1) {
			return page;
		}
		return Stream.of(page.split("(?m)^(?=## )"))
			.filter((section) -> section.startsWith("## ")
					&& anchor(section.lines().findFirst().orElseThrow()).equals(parts[1]))
			.findFirst()
			.orElseThrow();
	}

	private static Set<String> targets(Path page) throws IOException {
		return links(page).stream().map((link) -> link.replaceFirst("#.*", "")).collect(Collectors.toSet());
	}

	private static boolean leadsSomewhere(Path page, String link) throws IOException {
		String[] parts = link.split("#", 2);
		Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
		if (!Files.exists(target)) {
			return false;
		}
		return parts.length == 1 || (target.toString().endsWith(".md") && anchors(target).contains(parts[1]));
	}

	/** As GitHub makes them from headings. */
	private static Set<String> anchors(Path page) throws IOException {
		Map<String, Integer> seen = new HashMap<>();
		return text(page).lines().filter((line) -> line.matches("#{1,6} .+")).map((line) -> {
			String anchor = anchor(line);
			int times = seen.merge(anchor, 1, Integer::sum);
			return (times == 1) ? anchor : anchor + "-" + (times - 1);
		}).collect(Collectors.toSet());
	}

	private static String anchor(String heading) {
		return heading.replaceFirst("#+ ", "")
			.replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
			.toLowerCase(Locale.ROOT)
			.replaceAll("[^\\p{L}\\p{N} _-]", "")
			.strip()
			.replace(' ', '-');
	}

	/** Those within the project. */
	private static List<String> links(Path page) throws IOException {
		return LINK.matcher(text(page))
			.results()
			.map((link) -> link.group(1))
			.filter((link) -> !link.matches("[a-z]+:.*"))
			.toList();
	}

	/** The text of a page without its examples. */
	private static String text(Path page) throws IOException {
		String[] parts = Files.readString(page).split("(?m)^\\s*```");
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < parts.length; i += 2) {
			text.append(parts[i]).append('\n');
		}
		return text.toString();
	}

	private static List<Path> pages() throws IOException {
		List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md")));
		try (Stream<Path> files = Files.walk(DOCS)) {
			files.filter((file) -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
		}
		return pages;
	}

}
