package io.scalesrpc.thrift;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import org.apache.thrift.TBase;
import org.slf4j.Logger;

/**
 * Classes that an older Thrift compiler makes of the tests' IDL, compiled beside the
 * libthrift of that time and loaded beside today's. <em>Immutable</em>.
 *
 * @param version of the compiler and of its libthrift; empty for the libthrift of this
 * build
 * @param executable the compiler
 * @param idl what it compiles
 */
public record OldCompiler(String version, Path executable, Path idl) {

	/** Where scales-core is, for tests of modules within it, too. */
	public static final Path CORE = Path.of(Files.isDirectory(Path.of("src", "test", "thrift")) ? "" : "..");

	public static final Path LIBRARIES = CORE.resolve("target/old-thrift");

	public static final Path PEER = CORE.resolve("src/test/thrift/peer.thrift");

	public static final Path VALUES = CORE.resolve("src/test/thrift/values.thrift");

	public boolean isThere() {
		return this.executable.toFile().setExecutable(true) || Files.isExecutable(this.executable);
	}

	/** Loads the classes of the IDL from a folder that they are made in. */
	public ClassLoader compile(Path folder) throws IOException, InterruptedException {
		return compile(folder, "generated_annotations=suppress");
	}

	/** The same with options of the generator, separated by commas. */
	public ClassLoader compile(Path folder, String options) throws IOException, InterruptedException {
		Path sources = Files.createDirectories(folder.resolve("sources"));
		Path classes = Files.createDirectories(folder.resolve("classes"));
		run(List.of(this.executable.toString(), "-r", "--gen", "java:" + options, "-out", sources.toString(),
				this.idl.toString()));
		List<String> javac = new ArrayList<>(List.of("-nowarn", "-proc:none", "-d", classes.toString(), "-cp",
				libthrift() + File.pathSeparator + jarOf(Logger.class)));
		try (Stream<Path> files = Files.walk(sources)) {
			files.map(Path::toString).filter((file) -> file.endsWith(".java")).forEach(javac::add);
		}
		int failed = ToolProvider.getSystemJavaCompiler().run(null, null, null, javac.toArray(String[]::new));
		if (failed != 0) {
			throw new IllegalStateException("javac: " + failed + " (expected: 0)");
		}
		return new OwnFirst(classes);
	}

	private Path libthrift() {
		return this.version.isEmpty() ? jarOf(TBase.class) : LIBRARIES.resolve("libthrift-" + this.version + ".jar");
	}

	private static Path jarOf(Class<?> type) {
		return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
	}

	public static void run(List<String> command) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		if (process.waitFor() != 0) {
			throw new IllegalStateException(command + ": " + output);
		}
	}

	@Override
	public String toString() {
		return this.version;
	}

	/** Has its own classes before those of the tests. <em>Thread-safe</em>. */
	public static final class OwnFirst extends URLClassLoader {

		/**
		 * A loader of what is below one place.
		 * @param where that place
		 * @param others where to look for what the tests do not have
		 */
		public OwnFirst(Path where, URL... others) {
			super(new URL[] { url(where) }, new URLClassLoader(others, OldCompiler.class.getClassLoader()));
		}

		private static URL url(Path path) {
			try {
				return path.toUri().toURL();
			}
			catch (MalformedURLException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			synchronized (getClassLoadingLock(name)) {
				Class<?> loaded = findLoadedClass(name);
				if (loaded == null && findResource(name.replace('.', '/') + ".class") != null) {
					loaded = findClass(name);
				}
				return (loaded != null) ? loaded : super.loadClass(name, resolve);
			}
		}

	}

}
