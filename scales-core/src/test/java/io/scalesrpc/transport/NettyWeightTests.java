package io.scalesrpc.transport;

import java.io.File;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a user's application gets of Netty, and how much that weighs. */
class NettyWeightTests {

	/**
	 * Those that sign certificates for tests, and what these bring; those that are
	 * optional.
	 */
	private static final Pattern OTHERS = Pattern
		.compile("netty-(pkitesting|tcnative|transport-classes-(io_uring|kqueue)).*");

	private static final String[] MODULES = { "all", "buffer", "codec", "codec-base", "codec-compression", "codec-dns",
			"codec-http", "codec-http2", "common", "handler", "resolver", "resolver-dns", "resolver-dns-classes-macos",
			"resolver-dns-native-macos", "transport", "transport-classes-epoll", "transport-native-epoll",
			"transport-native-unix-common" };

	private static final long MOST_BYTES = 6_000_000;

	private static List<File> jars() {
		return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.map(File::new)
			.filter((jar) -> jar.getName().startsWith("netty-") && !OTHERS.matcher(jar.getName()).matches())
			.toList();
	}

	/** The module's name: without its version and what follows. */
	private static String module(File jar) {
		return jar.getName().replaceFirst("^netty-", "").replaceFirst("-\\d+\\.\\d+\\..*$", "");
	}

	@Test
	void onlyWhatIsUsedComesAlong() {
		assertThat(jars()).isNotEmpty().extracting(NettyWeightTests::module).containsOnly(MODULES);
		assertThat(jars().stream().mapToLong(File::length).sum()).isBetween(2_000_000L, MOST_BYTES);
	}

}
