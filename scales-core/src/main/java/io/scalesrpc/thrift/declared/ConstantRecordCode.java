package io.scalesrpc.thrift.declared;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

import org.apache.thrift.protocol.TProtocol;
import org.jspecify.annotations.Nullable;

/**
 * Of its bytes {@link RecordCode} makes a class for each record; itself it is never
 * initialized. <em>Thread-safe</em>.
 */
final class ConstantRecordCode extends RecordCode {

	private static final MethodHandle WRITER = handle(0);

	private static final MethodHandle MAKER = handle(1);

	ConstantRecordCode() {
	}

	private static MethodHandle handle(int index) {
		try {
			return MethodHandles.classDataAt(MethodHandles.lookup(), "_", MethodHandle.class, index);
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	void write(TProtocol out, Object value) throws Throwable {
		WRITER.invokeExact(out, value);
	}

	@Override
	Object make(Scratch scratch, @Nullable Object[] objects) throws Throwable {
		return (Object) MAKER.invokeExact(scratch, objects);
	}

}
