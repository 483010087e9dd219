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

import org.slf4j.Logger;

/**
 * Classes that an older Thrift compiler makes of the tests' IDL, compiled beside the
 * libthrift of that time and loaded beside today's. <em>Immutable</em>.
 *
 * @param version of the compiler and of its libthrift
 * @param executable the compiler
 */
record OldCompiler(String version, Path executable) {

	static final Path LIBRARIES = Path.of("target", "old-thrift");

	private static final Path IDL = Path.of("src", "test", "thrift", "peer.thrift");

	boolean isThere() {
		return this.executable.toFile().setExecutable(true) || Files.isExecutable(this.executable);
	}

	/** Loads the classes of the tests' peer from a folder that they are made in. */
	ClassLoader compile(Path folder) throws IOException, InterruptedException {
		Path sources = Files.createDirectories(folder.resolve("sources"));
		Path classes = Files.createDirectories(folder.resolve("classes"));
		run(List.of(this.executable.toString(), "--gen", "java:generated_annotations=suppress", "-out",
				sources.toString(), IDL.toString()));
		List<String> javac = new ArrayList<>(List.of("-nowarn", "-proc:none", "-d", classes.toString(), "-cp",
				LIBRARIES.resolve("libthrift-" + this.version + ".jar") + File.pathSeparator
						+ Path.of(Logger.class.getProtectionDomain().getCodeSource().getLocation().getPath())));
		try (Stream<Path> files = Files.walk(sources)) {
			files.map(Path::toString).filter((file) -> file.endsWith(".java")).forEach(javac::add);
		}
		int failed = ToolProvider.getSystemJavaCompiler().run(null, null, null, javac.toArray(String[]::new));
		if (failed != 0) {
			throw new IllegalStateException("javac: " + failed + " (expected: 0)");
		}
		return new OwnFirst(classes);
	}

	private static void run(List<String> command) throws IOException, InterruptedException {
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
	static final class OwnFirst extends URLClassLoader {

		OwnFirst(Path where) {
			super(new URL[] { url(where) }, OldCompiler.class.getClassLoader());
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
