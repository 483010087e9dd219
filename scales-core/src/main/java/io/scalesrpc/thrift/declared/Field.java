package io.scalesrpc.thrift.declared;

import org.apache.thrift.protocol.TField;
import org.jspecify.annotations.Nullable;

/**
 * A field of a struct, of the arguments of a method, or of its result.
 * <em>Immutable</em>.
 *
 * @param name for texts; it is not on the wire
 * @param head what stands before the value
 * @param type of the value
 * @param required whether there must be a value
 * @param position among the fields as the Java code has them
 * @param unset what an unset field has: {@code null}, or the 0 of a primitive
 */
record Field(String name, TField head, WireType type, boolean required, int position, @Nullable Object unset) {

	short id() {
		return this.head.id;
	}

}
