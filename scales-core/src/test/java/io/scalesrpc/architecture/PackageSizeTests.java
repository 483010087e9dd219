package io.scalesrpc.architecture;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A reader can keep a package in mind: no package of either module has too many files.
 */
class PackageSizeTests {

	private static final int MOST = 25;

	/**
	 * What has more, and may only shrink: nearly all of {@code call} is API, and the
	 * outcomes and exceptions in it are sealed, which takes one package.
	 */
	private static final Map<String, Integer> LARGER = Map.of("io.scalesrpc.call", 37);

	@Test
	void noPackageHasMoreFilesThanAReaderKeepsInMind() throws IOException {
		Map<String, Integer> files = new TreeMap<>(files("../scales-core"));
		files.putAll(files("../scales-spring-boot-autoconfigure"));
		assertThat(files).hasSizeGreaterThan(50);
		files.entrySet().removeIf((each) -> each.getValue() <= LARGER.getOrDefault(each.getKey(), MOST));
		assertThat(files).isEmpty();
	}

	/** How many files each package of a module has, its {@code package-info} aside. */
	private static Map<String, Integer> files(String module) throws IOException {
		Path root = Path.of(module, "src/main/java");
		Map<String, Integer> files = new TreeMap<>();
		try (Stream<Path> all = Files.walk(root)) {
			all.filter((file) -> file.toString().endsWith(".java") && !file.endsWith("package-info.java"))
				.map((file) -> root.relativize(file.getParent()).toString().replace(File.separatorChar, '.'))
				.forEach((name) -> files.merge(name, 1, Integer::sum));
		}
		return files;
	}

}
