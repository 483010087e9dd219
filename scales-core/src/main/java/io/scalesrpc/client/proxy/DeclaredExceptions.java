package io.scalesrpc.client.proxy;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Objects;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies of the exceptions a service declares. The decoded one has the stack of the event
 * loop and may be thrown to several callers who share an answer; generated exceptions
 * have a copy constructor, so that each caller gets one with a stack of its own.
 * <em>Thread-safe</em>.
 */
final class DeclaredExceptions {

	private static final Logger logger = LoggerFactory.getLogger(DeclaredExceptions.class);

	private static final ClassValue<Optional<MethodHandle>> constructors = new ClassValue<>() {

		@Override
		protected Optional<MethodHandle> computeValue(Class<?> type) {
			return copyConstructor(type);
		}

	};

	private DeclaredExceptions() {
	}

	/** The exception itself if it cannot be copied. */
	static Throwable copyForThisThread(Throwable exception) {
		Optional<MethodHandle> constructor = constructors.get(exception.getClass());
		if (constructor.isEmpty() || exception.getCause() != null) {
			return exception;
		}
		try {
			Throwable copy = (Throwable) constructor.get().invokeExact(exception);
			return isCopy(copy, exception) ? copy : exception;
		}
		catch (Throwable ex) {
			logger.debug("{}: not copied", exception.getClass(), ex);
			return exception;
		}
	}

	/** A constructor that takes its own kind may also be meant for a cause. */
	private static boolean isCopy(Throwable copy, Throwable original) {
		return copy.getCause() == null && Objects.equals(copy.getMessage(), original.getMessage());
	}

	private static Optional<MethodHandle> copyConstructor(Class<?> type) {
		try {
			MethodHandle constructor = MethodHandles.publicLookup()
				.findConstructor(type, MethodType.methodType(void.class, type));
			return Optional.of(constructor.asType(MethodType.methodType(Throwable.class, Throwable.class)));
		}
		catch (ReflectiveOperationException ex) {
			return Optional.empty();
		}
	}

}
