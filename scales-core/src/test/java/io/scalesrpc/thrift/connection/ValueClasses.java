package io.scalesrpc.thrift.connection;

import java.nio.file.Path;
import java.util.List;

import io.scalesrpc.test.values.ValueService;
import io.scalesrpc.thrift.CodeFirstValues;
import io.scalesrpc.thrift.OldCompiler;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The classes that there are of the service of values.thrift. What compiler 0.25 writes
 * is what this build's writes, OldCompilerTests. <em>Thread-safe</em>.
 */
public final class ValueClasses {

	/** The versions of compilers, and {@code code-first}. */
	public static final List<String> ORIGINS = List.of("0.9.3", "0.13.0", "0.14.1", "0.17.0", "0.23.0", "code-first");

	private ValueClasses() {
	}

	/**
	 * The service by one of them; the test is given up where its compiler is missing.
	 * @param origin one of {@link #ORIGINS}
	 * @param folder where classes may be made
	 * @return the generated class, or the annotated interface
	 */
	public static Class<?> of(String origin, Path folder) throws Exception {
		return switch (origin) {
			case "0.9.3", "0.13.0" -> kept("values-" + origin + ".jar");
			case "0.14.1" ->
				made(new OldCompiler(origin, OldCompiler.LIBRARIES.resolve("0.14.1/bin/thrift"), OldCompiler.VALUES),
						folder);
			case "0.17.0" -> made(new OldCompiler(origin, Path.of("/usr/bin/thrift"), OldCompiler.VALUES), folder);
			case "0.23.0" -> ValueService.class;
			default -> CodeFirstValues.ValueService.class;
		};
	}

	private static Class<?> kept(String jar) throws Exception {
		Path path = OldCompiler.CORE.resolve("src/test/resources/io/scalesrpc/thrift").resolve(jar);
		return new OldCompiler.OwnFirst(path).loadClass(ValueService.class.getName());
	}

	private static Class<?> made(OldCompiler compiler, Path folder) throws Exception {
		assumeTrue(compiler.isThere(), "no Thrift compiler " + compiler);
		return compiler.compile(folder).loadClass(ValueService.class.getName());
	}

}
