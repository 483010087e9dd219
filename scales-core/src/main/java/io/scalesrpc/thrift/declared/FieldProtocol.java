package io.scalesrpc.thrift.declared;

import org.apache.thrift.TException;
import org.apache.thrift.protocol.TField;

import io.scalesrpc.Internal;

/**
 * A protocol that writes a field's head and its number at once, and reads them without an
 * object for the head. Its bytes are those of the single steps.
 * <p>
 * <em>Confined to the thread</em> that holds it.
 */
@Internal
public interface FieldProtocol {

	/**
	 * Writes a field that is a number.
	 * @param head of type {@code bool}, {@code i8}, {@code i16}, {@code i32}, {@code i64}
	 * or {@code double}
	 * @param value the number; of a {@code bool} 0 or 1, of a {@code double} its bits
	 * @throws TException if the message becomes too large
	 */
	void writeNumber(TField head, long value) throws TException;

	/**
	 * Reads a number.
	 * @param type {@code bool}, {@code i8}, {@code i16}, {@code i32}, {@code i64} or
	 * {@code double}
	 * @return the number; of a {@code bool} 0 or 1, of a {@code double} its bits
	 * @throws TException if there is none
	 */
	long readNumber(byte type) throws TException;

	/**
	 * Writes a head.
	 * @param head of any type
	 * @throws TException if the message becomes too large
	 */
	void writeHead(TField head) throws TException;

	/**
	 * Reads a head.
	 * @return the id in the lower 16 bits, above it the type; 0 at the end of a struct
	 * @throws TException if there is none
	 */
	int readHead() throws TException;

}
