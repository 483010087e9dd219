package io.scalesrpc.client;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.IntSupplier;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class WithoutReactorTests {

	private final ClassLoader loader = new WithoutReactor(getClass().getClassLoader());

	@Test
	void clientsOfOtherStylesDoNotNeedReactor() throws ReflectiveOperationException {
		Class<?> caller = this.loader.loadClass(PlainCaller.class.getName());
		assertThat(caller).isNotSameAs(PlainCaller.class);
		assertThat(((IntSupplier) caller.getConstructor().newInstance()).getAsInt()).isEqualTo(6);
	}

	@Test
	void thereIsNoReactorInThisTest() {
		assertThatExceptionOfType(ClassNotFoundException.class)
			.isThrownBy(() -> this.loader.loadClass("reactor.core.publisher.Mono"));
	}

	/** Loads Scales anew, without Reactor. <em>Thread-safe</em>. */
	private static final class WithoutReactor extends ClassLoader {

		WithoutReactor(ClassLoader parent) {
			super(parent);
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			if (name.startsWith("reactor.")) {
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

}
