package io.scalesrpc.thrift;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.apache.thrift.TBase;
import org.apache.thrift.meta_data.FieldMetaData;
import org.apache.thrift.meta_data.FieldValueMetaData;
import org.apache.thrift.meta_data.ListMetaData;
import org.apache.thrift.meta_data.MapMetaData;
import org.apache.thrift.meta_data.SetMetaData;
import org.apache.thrift.meta_data.StructMetaData;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TCompactProtocol;
import org.apache.thrift.transport.TMemoryBuffer;

/**
 * Whether structs that other compilers made fit the libthrift that is here: each, and
 * those in it, is made once and written once, so that it fails now and not in a call.
 * <em>Confined to the thread</em> that starts.
 */
@SuppressWarnings({ "unchecked", "rawtypes" })
final class StructLinkage {

	private static final int SMALL = 64;

	private final ClassLoader loader;

	private final Set<Class<?>> seen = new HashSet<>();

	StructLinkage(ClassLoader loader) {
		this.loader = loader;
	}

	/**
	 * Makes a struct.
	 * @throws IllegalArgumentException if it, or one in it, does not fit; says which and
	 * why
	 */
	TBase create(String name) {
		try {
			return create((Class<? extends TBase>) Class.forName(name, true, this.loader));
		}
		catch (ClassNotFoundException | LinkageError ex) {
			throw misfit(name, ex);
		}
	}

	private TBase create(Class<? extends TBase> type) {
		try {
			TBase made = type.getConstructor().newInstance();
			this.seen.add(type);
			Map<?, FieldMetaData> fields = FieldMetaData.getStructMetaDataMap((Class) type);
			fields.values().forEach((field) -> follow(field.valueMetaData));
			write(made.deepCopy());
			return made;
		}
		catch (ReflectiveOperationException | RuntimeException | LinkageError ex) {
			throw (ex instanceof IllegalArgumentException known) ? known : misfit(type.getName(), ex);
		}
	}

	/** Without required fields a struct cannot be written, and says so. */
	private static void write(TBase struct) {
		try {
			struct.write(new TCompactProtocol(new TMemoryBuffer(SMALL)));
		}
		catch (TException ex) {
			// The code ran; that is what was asked.
			return;
		}
	}

	private void follow(FieldValueMetaData value) {
		if (value instanceof StructMetaData struct && !this.seen.contains(struct.structClass)) {
			create((Class<? extends TBase>) struct.structClass);
		}
		else if (value instanceof ListMetaData list) {
			follow(list.elemMetaData);
		}
		else if (value instanceof SetMetaData set) {
			follow(set.elemMetaData);
		}
		else if (value instanceof MapMetaData map) {
			follow(map.keyMetaData);
			follow(map.valueMetaData);
		}
	}

	private static IllegalArgumentException misfit(String type, Throwable cause) {
		Throwable root = (cause.getCause() instanceof LinkageError linkage) ? linkage : cause;
		return new IllegalArgumentException(
				type + ": its code does not fit libthrift " + version() + ", " + root
						+ " (expected: code of the Thrift compilers 0.9 to 0.25; generate it anew with 0.23 or later)",
				cause);
	}

	private static String version() {
		String version = TBase.class.getPackage().getImplementationVersion();
		return (version != null) ? version : "on the class path";
	}

}
