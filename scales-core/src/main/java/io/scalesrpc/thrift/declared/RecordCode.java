package io.scalesrpc.thrift.declared;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Objects;

import org.apache.thrift.protocol.TProtocol;
import org.jspecify.annotations.Nullable;

/**
 * What writes and makes the objects of one class. Each class gets a hidden class of its
 * own, made of the bytes of {@link ConstantRecordCode}: there the method handles are
 * constants, which the compiler works into the call as it does with generated code.
 * Handles in fields cost a call each that it cannot look into. <em>Thread-safe</em>.
 */
abstract class RecordCode {

	static final byte @Nullable [] TEMPLATE = template();

	/**
	 * Writes the fields of an object.
	 * @param out where to
	 * @param value the object
	 * @throws Throwable whatever its accessors throw, or the protocol
	 */
	abstract void write(TProtocol out, Object value) throws Throwable;

	/**
	 * Makes an object.
	 * @param scratch has the numbers, from its base on
	 * @param objects the other values
	 * @return the new object
	 * @throws Throwable whatever its constructor throws
	 */
	abstract Object make(Scratch scratch, @Nullable Object[] objects) throws Throwable;

	/**
	 * Makes the code of a class.
	 * @param writer writes the fields: a protocol and an object
	 * @param maker makes an object: a scratch and an array of objects
	 * @return the code
	 */
	static RecordCode of(MethodHandle writer, MethodHandle maker) {
		return of(TEMPLATE, writer, maker);
	}

	static RecordCode of(byte @Nullable [] template, MethodHandle writer, MethodHandle maker) {
		if (template == null) {
			return new RecordHandles(writer, maker);
		}
		try {
			MethodHandles.Lookup hidden = MethodHandles.lookup()
				.defineHiddenClassWithClassData(template, List.of(writer, maker), true);
			return (RecordCode) hidden.lookupClass().getDeclaredConstructor().newInstance();
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** A native image defines no classes. */
	private static byte @Nullable [] template() {
		if (System.getProperty("org.graalvm.nativeimage.imagecode") != null) {
			return null;
		}
		try (InputStream bytes = RecordCode.class.getResourceAsStream("ConstantRecordCode.class")) {
			return Objects.requireNonNull(bytes).readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Where no class can be made. */
	private static final class RecordHandles extends RecordCode {

		private final MethodHandle writer;

		private final MethodHandle maker;

		RecordHandles(MethodHandle writer, MethodHandle maker) {
			this.writer = writer;
			this.maker = maker;
		}

		@Override
		void write(TProtocol out, Object value) throws Throwable {
			this.writer.invokeExact(out, value);
		}

		@Override
		Object make(Scratch scratch, @Nullable Object[] objects) throws Throwable {
			return (Object) this.maker.invokeExact(scratch, objects);
		}

	}

}
