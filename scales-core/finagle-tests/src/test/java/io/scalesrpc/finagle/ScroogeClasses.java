package io.scalesrpc.finagle;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Arrays;

import io.scalesrpc.thrift.OldCompiler;

/**
 * The classes that Scrooge's generator for Java made for Finagle's peers, beside our
 * libthrift: an application has them and what they need on one class path with Scales.
 * <em>Thread-safe</em>.
 */
final class ScroogeClasses {

	private ScroogeClasses() {
	}

	/** A class of theirs, though the tests have one of that name. */
	static Class<?> of(String name) throws ClassNotFoundException {
		URL[] libraries = Arrays.stream(PeerCommand.libraries().split(File.pathSeparator))
			.filter((path) -> !path.contains("libthrift"))
			.map(ScroogeClasses::url)
			.toArray(URL[]::new);
		return new OldCompiler.OwnFirst(PeerCommand.CLASSES, libraries).loadClass(name);
	}

	private static URL url(String path) {
		try {
			return Path.of(path).toUri().toURL();
		}
		catch (MalformedURLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
