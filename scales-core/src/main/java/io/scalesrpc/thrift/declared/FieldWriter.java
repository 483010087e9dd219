package io.scalesrpc.thrift.declared;

import org.apache.thrift.TException;
import org.apache.thrift.protocol.TProtocol;

/**
 * Takes one value out of a struct and writes it.
 * <p>
 * <em>Immutable</em>.
 */
@FunctionalInterface
interface FieldWriter {

	/**
	 * Writes the field, or nothing where there is no value.
	 * @throws TException if there must be a value, or the protocol says so
	 */
	void write(TProtocol out, Object struct) throws TException;

}
