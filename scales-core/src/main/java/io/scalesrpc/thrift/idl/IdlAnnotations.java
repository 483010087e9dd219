package io.scalesrpc.thrift.idl;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

import io.scalesrpc.thrift.idl.IdlReader.Service;

/**
 * Annotations of methods in an IDL. Compilers write them into no class, so a step of the
 * build writes them into a file for each service, beside the classes, and clients read
 * that at their start.
 * <p>
 * <em>Thread-safe</em>.
 */
public final class IdlAnnotations {

	/** Where the files are on the class path, by the names of the services' classes. */
	public static final String FOLDER = "META-INF/scales/thrift/";

	private IdlAnnotations() {
	}

	/**
	 * Writes the files of all {@code .thrift} below a folder; where nothing is annotated
	 * there is none.
	 * @param arguments the folder, and where the classes go
	 * @throws IOException if a file cannot be read or written
	 * @throws IllegalArgumentException if an annotation is not right; says the file and
	 * the line
	 */
	public static void main(String[] arguments) throws IOException {
		if (arguments.length != 2) {
			throw new IllegalArgumentException(
					arguments.length + " arguments (expected: the folder of the IDL, and that of the classes)");
		}
		Path target = Files.createDirectories(Path.of(arguments[1], FOLDER));
		for (Path file : files(Path.of(arguments[0]))) {
			// Whatever a comment is written in: all that is looked for is ASCII.
			for (Service service : IdlReader.read(file.toString(),
					Files.readString(file, StandardCharsets.ISO_8859_1))) {
				write(target.resolve(service.name() + ".properties"), service);
			}
		}
	}

	private static List<Path> files(Path folder) throws IOException {
		try (Stream<Path> all = Files.walk(folder)) {
			return all.filter((path) -> path.toString().endsWith(".thrift")).sorted().toList();
		}
	}

	private static void write(Path file, Service service) throws IOException {
		StringBuilder lines = new StringBuilder();
		service.methods().forEach((method, said) -> lines.append(said.lines(method)));
		Files.deleteIfExists(file);
		if (!lines.isEmpty()) {
			Files.writeString(file, "# What the IDL says of the methods of " + service.name() + ".\n" + lines);
		}
	}

	/**
	 * What was written for a service.
	 * @param service its generated class
	 * @return by the names of methods in the IDL; empty if there is no file
	 * @throws IllegalArgumentException if the file is not right; says the line
	 */
	public static Map<String, AnnotatedMethod> of(Class<?> service) {
		String name = FOLDER + service.getName() + ".properties";
		Map<String, AnnotatedMethod> methods = new LinkedHashMap<>();
		read(service, name).forEach((key, value) -> {
			String line = (String) key;
			String method = line.substring(0, Math.max(0, line.lastIndexOf('.')));
			methods.put(method, with(methods.getOrDefault(method, AnnotatedMethod.NONE), name, line, (String) value));
		});
		return methods;
	}

	private static AnnotatedMethod with(AnnotatedMethod said, String file, String line, String value) {
		try {
			return said.with(line.substring(line.lastIndexOf('.') + 1), value);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					file + ": " + line + "=" + value + " (expected: " + ex.getMessage() + ")", ex);
		}
	}

	private static Properties read(Class<?> service, String name) {
		Properties lines = new Properties();
		ClassLoader loader = service.getClassLoader();
		try (InputStream in = (loader != null) ? loader.getResourceAsStream(name) : null) {
			if (in != null) {
				lines.load(new InputStreamReader(in, StandardCharsets.UTF_8));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(name, ex);
		}
		return lines;
	}

}
