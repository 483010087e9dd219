package io.scalesrpc.discovery.dns;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.scalesrpc.testing.Sockets;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What the resolver of glibc finds on the same files and with the same name servers, in a
 * network and with files of its own, as any user of Linux may make them.
 */
@Sockets
@Tag("soak")
class GlibcComparisonTests {

	/**
	 * Linux has a network and mounts of one's own; addresses that are not loopback make
	 * both families count.
	 */
	private static final String PREPARE = """
			cd "$1" && ip link set lo up && ip address add 10.9.9.1/32 dev lo && ip address add fd09::1/128 dev lo nodad \
			&& for file in resolv.conf hosts nsswitch.conf; do mount --bind $file /etc/$file || exit 1; done; shift && exec "$@"
			""";

	@TempDir
	private Path directory;

	@Test
	void whatGlibcFindsIsFound() throws Exception {
		Files.writeString(this.directory.resolve("resolv.conf"), "");
		Files.writeString(this.directory.resolve("hosts"), "");
		Files.writeString(this.directory.resolve("nsswitch.conf"), "hosts: files dns\n");
		String probed = run("getent", "--version");
		assumeTrue(probed.contains("GLIBC") || probed.contains("GNU libc"),
				() -> "no network and mounts of one's own here: unshare -rmn, ip (Debian: iproute2) and getent of glibc: "
						+ probed);
		String printed = run(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xshare:auto",
				"-XX:TieredStopAtLevel=1", "-cp", classPath(), GlibcComparison.class.getName(),
				this.directory.toString());
		List<String[]> lines = printed.lines()
			.map((line) -> line.split("\t"))
			.filter((parts) -> parts.length == 5)
			.toList();
		List<ResolverCase> cases = ResolverCase.all();
		String page = Files.readString(Path.of("..", "docs", "discovery.md"));
		SoftAssertions all = new SoftAssertions();
		for (int i = 0; i < lines.size(); i++) {
			ResolverCase each = cases.get(i);
			String[] line = lines.get(i);
			System.out.println(String.join(" | ", line));
			all.assertThat(line[0]).isEqualTo(each.title());
			if (each.reason().isEmpty()) {
				all.assertThat(line[3]).as(each.title()).isEqualTo(line[1]);
			}
			else {
				all.assertThat(line[3]).as(each.title() + " is no difference").isNotEqualTo(line[1]);
				all.assertThat(page).contains("| " + each.title() + " |");
			}
		}
		all.assertAll();
		assertThat(lines).as(printed).hasSameSizeAs(cases).hasSizeGreaterThan(40);
		long alike = cases.stream().filter((each) -> each.reason().isEmpty()).count();
		assertThat(page).contains("of " + cases.size() + " cases", alike + " find the same");
	}

	/** Some that run tests load them by a loader of their own. */
	private static String classPath() {
		return (GlibcComparison.class.getClassLoader() instanceof URLClassLoader loader)
				? Stream.of(loader.getURLs()).map(URL::getPath).collect(Collectors.joining(File.pathSeparator))
				: System.getProperty("java.class.path");
	}

	private String run(String... command) throws IOException, InterruptedException {
		List<String> whole = new ArrayList<>(List.of("unshare", "--user", "--map-root-user", "--mount", "--net", "sh",
				"-c", PREPARE, "sh", this.directory.toString()));
		whole.addAll(List.of(command));
		try {
			ProcessBuilder builder = new ProcessBuilder(whole).redirectErrorStream(true);
			builder.environment().keySet().removeAll(List.of("LOCALDOMAIN", "RES_OPTIONS"));
			Process process = builder.start();
			String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
			return printed;
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

}
