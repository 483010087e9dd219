package io.scalesrpc.testing;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Loads Scales and its tests anew, without some libraries. <em>Thread-safe</em>.
 */
public final class HidingClassLoader extends ClassLoader {

	private final List<String> hidden;

	/**
	 * Creates a loader.
	 * @param parent has all classes
	 * @param hidden how the names of those begin that are not to be found
	 */
	public HidingClassLoader(ClassLoader parent, List<String> hidden) {
		super(parent);
		this.hidden = List.copyOf(hidden);
	}

	@Override
	protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
		if (this.hidden.stream().anyMatch(name::startsWith)) {
			throw new ClassNotFoundException(name);
		}
		if (!name.startsWith("io.scalesrpc.")) {
			return super.loadClass(name, resolve);
		}
		synchronized (getClassLoadingLock(name)) {
			Class<?> loaded = findLoadedClass(name);
			return (loaded != null) ? loaded : define(name);
		}
	}

	private Class<?> define(String name) throws ClassNotFoundException {
		try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
			if (in == null) {
				throw new ClassNotFoundException(name);
			}
			byte[] bytes = in.readAllBytes();
			return defineClass(name, bytes, 0, bytes.length);
		}
		catch (IOException ex) {
			throw new ClassNotFoundException(name, ex);
		}
	}

}
