package io.scalesrpc.thrift.declared;

import org.apache.thrift.protocol.TField;

/**
 * A field of a struct, of the arguments of a method, or of its result.
 * <em>Immutable</em>.
 *
 * @param name for texts; it is not on the wire
 * @param head what stands before the value
 * @param type of the value
 * @param required whether there must be a value
 * @param position among the fields as the Java code has them
 * @param primitive whether the value is a primitive of Java: never unset, but 0
 */
record Field(String name, TField head, WireType type, boolean required, int position, boolean primitive) {

	/** A member of a union: there is a value, or no union. */
	Field asRequired() {
		return new Field(this.name, this.head, this.type, true, this.position, this.primitive);
	}

	/** Whether values are numbers as Java has them: not enums. */
	boolean number() {
		return this.type instanceof Scalar scalar && scalar.isNumber();
	}

	short id() {
		return this.head.id;
	}

}
