package io.scalesrpc.thrift.wire;

import java.util.concurrent.atomic.AtomicReferenceArray;

import org.apache.thrift.protocol.TField;
import org.jspecify.annotations.Nullable;

/**
 * The heads of fields as generated code reads them, which has one made for each field of
 * each message. They have no name, and so those of low ids are the same for all.
 * <em>Thread-safe</em>.
 */
final class FieldHeads {

	private static final int IDS = 32;

	private static final int TYPES = 32;

	private static final AtomicReferenceArray<@Nullable TField> KNOWN = new AtomicReferenceArray<>(IDS * TYPES);

	private FieldHeads() {
	}

	static TField of(byte type, short id) {
		if (id < 0 || id >= IDS || type < 0 || type >= TYPES) {
			return new TField("", type, id);
		}
		int index = type * IDS + id;
		TField known = KNOWN.getPlain(index);
		return (known != null) ? known : make(index, type, id);
	}

	/** Its fields are final: two threads may make it, and each has a whole one. */
	private static TField make(int index, byte type, short id) {
		TField made = new TField("", type, id);
		KNOWN.setRelease(index, made);
		return made;
	}

}
