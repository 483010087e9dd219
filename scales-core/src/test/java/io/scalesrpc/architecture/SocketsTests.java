package io.scalesrpc.architecture;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.scalesrpc.testing.Sockets;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Test classes that open sockets are marked {@link Sockets}, and no others. */
class SocketsTests {

	/** What opens sockets, or makes something that does. */
	private static final Set<String> OPENERS = Set.of("com.sun.net.httpserver.HttpServer",
			"io.netty.bootstrap.Bootstrap", "io.netty.bootstrap.ServerBootstrap", "io.scalesrpc.client.ClientResources",
			"io.scalesrpc.client.ScalesClients", "io.scalesrpc.server.ThriftMuxServer",
			"io.scalesrpc.transport.Connector", "io.scalesrpc.transport.EventLoops", "java.net.ServerSocket",
			"java.net.Socket", "java.net.http.HttpClient", "java.nio.channels.ServerSocketChannel",
			"java.nio.channels.SocketChannel", "org.apache.curator.test.TestingCluster",
			"org.apache.curator.test.TestingServer");

	private static final JavaClasses TESTS = new ClassFileImporter()
		.withImportOption(new ImportOption.OnlyIncludeTests())
		.importPackages("io.scalesrpc");

	@Test
	void whatOpensSocketsSaysSo() {
		Set<String> opening = opening();
		Set<String> expected = names().stream()
			.filter((name) -> name.endsWith("Tests") && opening.contains(name))
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(expected).hasSizeGreaterThan(50);
		Set<String> marked = TESTS.stream()
			.filter((type) -> type.isAnnotatedWith(Sockets.class))
			.map(JavaClass::getName)
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(marked).isEqualTo(expected);
	}

	private static Set<String> names() {
		return TESTS.stream().map(JavaClass::getName).collect(Collectors.toSet());
	}

	/** The classes that use an opener, or a class that does. */
	private static Set<String> opening() {
		Map<String, Set<String>> uses = new TreeMap<>();
		for (JavaClass type : TESTS) {
			Set<String> used = uses.computeIfAbsent(outermost(type.getName()), (name) -> new TreeSet<>());
			for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
				used.add(outermost(dependency.getTargetClass().getBaseComponentType().getName()));
			}
		}
		Set<String> opening = new TreeSet<>();
		boolean grew = true;
		while (grew) {
			grew = opening.addAll(uses.entrySet()
				.stream()
				.filter((each) -> each.getValue()
					.stream()
					.anyMatch((used) -> OPENERS.contains(used) || opening.contains(used)))
				.map(Map.Entry::getKey)
				.toList());
		}
		return opening;
	}

	private static String outermost(String name) {
		int nested = name.indexOf('$');
		return (nested >= 0) ? name.substring(0, nested) : name;
	}

}
