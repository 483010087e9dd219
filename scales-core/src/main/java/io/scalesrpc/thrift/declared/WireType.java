package io.scalesrpc.thrift.declared;

import org.apache.thrift.TException;
import org.apache.thrift.protocol.TProtocol;
import org.jspecify.annotations.Nullable;

/**
 * How values of one Java type are written and read.
 * <p>
 * <em>Immutable</em>.
 */
interface WireType {

	/** The type on the wire, of {@link org.apache.thrift.protocol.TType}. */
	byte id();

	/** The type as an IDL has it. */
	String idl();

	/** What the values are instances of. */
	Class<?> javaType();

	void write(TProtocol out, Object value) throws TException;

	/** The value, or {@code null} if this side has no place for what came. */
	@Nullable Object read(TProtocol in) throws TException;

}
