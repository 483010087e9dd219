package io.scalesrpc.thrift.declared;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.scalesrpc.thrift.annotation.ThriftField;
import io.scalesrpc.thrift.annotation.ThriftValue;
import io.scalesrpc.thrift.declared.Union.Member;
import org.apache.thrift.protocol.TField;
import org.jspecify.annotations.Nullable;

/**
 * Reads what Java types say of themselves, each once.
 * <p>
 * <em>Confined to the thread</em> that starts.
 */
final class TypeReader {

	private static final String OF_CLIENTS = "the type itself; futures and suspend functions are for an interface of the"
			+ " client, which names this one as its service";

	private static final Map<String, String> REMEDIES = Map.ofEntries(Map.entry("float", "double"),
			Map.entry("java.lang.Float", "Double"), Map.entry("char", "String"),
			Map.entry("java.lang.Character", "String"), Map.entry("byte[]", "java.nio.ByteBuffer"),
			Map.entry("java.util.Date", "long, in milliseconds"),
			Map.entry("java.time.Instant", "long, in milliseconds"), Map.entry("java.math.BigDecimal", "String"),
			Map.entry("java.util.Optional", "the type itself, null for nothing"),
			Map.entry("java.util.concurrent.CompletableFuture", OF_CLIENTS),
			Map.entry("java.util.concurrent.CompletionStage", OF_CLIENTS),
			Map.entry("reactor.core.publisher.Mono", OF_CLIENTS),
			Map.entry("kotlin.coroutines.Continuation", OF_CLIENTS));

	private final Map<Class<?>, WireType> known = new HashMap<>();

	/** The structs that a struct cannot be without. */
	private final Map<Class<?>, List<Class<?>>> needs = new HashMap<>();

	/**
	 * The type of a value.
	 * @param type as it is declared
	 * @param where the class and the component, for texts
	 * @throws IllegalArgumentException if it is none of Thrift's; says where, why, and
	 * what to write
	 */
	WireType type(Type type, String where) {
		if (type instanceof WildcardType wildcard) {
			return type(wildcard.getUpperBounds()[0], where);
		}
		if (type instanceof ParameterizedType generic) {
			return container(generic, where);
		}
		if (!(type instanceof Class<?> raw)) {
			throw wrong(where, type, "no class", "a class, or a List, Set or Map of such");
		}
		Scalar scalar = Scalar.of(raw);
		return (scalar != null) ? scalar : composed(raw, where);
	}

	private WireType container(ParameterizedType type, String where) {
		Type[] arguments = type.getActualTypeArguments();
		if (type.getRawType() == List.class) {
			return new Container.Listed(type(arguments[0], where));
		}
		if (type.getRawType() == Set.class) {
			return new Container.Unordered(type(arguments[0], where));
		}
		if (type.getRawType() == Map.class) {
			return new Container.Mapped(type(arguments[0], where), type(arguments[1], where));
		}
		throw noThrift(where, type, type.getRawType().getTypeName());
	}

	private WireType composed(Class<?> type, String where) {
		WireType before = this.known.get(type);
		if (before != null) {
			return before;
		}
		if (type.isEnum()) {
			return remember(type, numbered(type));
		}
		if (type.isSealed() && type.isInterface()) {
			Union union = new Union(type);
			remember(type, union);
			addMembers(union, type);
			return union;
		}
		Constructor<?> constructor = StructCode.constructor(type);
		if (constructor == null) {
			throw noThrift(where, type, type.getTypeName());
		}
		Struct struct = new Struct(type);
		remember(type, struct);
		open(struct, type, constructor);
		return struct;
	}

	private WireType remember(Class<?> type, WireType made) {
		this.known.put(type, made);
		return made;
	}

	private static Numbered numbered(Class<?> type) {
		Object[] constants = type.getEnumConstants();
		int[] numbers = new int[constants.length];
		Set<Integer> seen = new HashSet<>();
		for (int i = 0; i < numbers.length; i++) {
			String name = ((Enum<?>) constants[i]).name();
			String where = type.getName() + "." + name;
			ThriftValue value = StructCode.constant(type, name).getAnnotation(ThriftValue.class);
			if (value == null) {
				throw new IllegalArgumentException(where + ": without a number (expected: @ThriftValue, as the order of"
						+ " constants may change)");
			}
			if (!seen.add(value.value())) {
				throw new IllegalArgumentException(
						where + ": number " + value.value() + " a second time (expected: one for each constant)");
			}
			numbers[i] = value.value();
		}
		return Numbered.of(type, numbers);
	}

	private void addMembers(Union union, Class<?> type) {
		Set<Integer> seen = new HashSet<>();
		for (Class<?> record : type.getPermittedSubclasses()) {
			Constructor<?> constructor = StructCode.constructor(record);
			if (!record.isRecord() || constructor == null || constructor.getParameterCount() != 1) {
				throw new IllegalArgumentException(record.getName() + ": not a member of a union, " + type.getName()
						+ " (expected: a record with one component)");
			}
			ThriftField said = record.getAnnotation(ThriftField.class);
			if (said == null) {
				throw new IllegalArgumentException(record.getName() + ": a member of the union " + type.getName()
						+ " without an id (expected: @ThriftField at the record)");
			}
			List<StructCode.Part> parts = StructCode.parts(record, constructor);
			Field field = field(parts.get(0), 0, said, record.getName(), seen).asRequired();
			union.add(new Member(record, field, RecordCode
				.of(StructCode.writer(record.getSimpleName(), parts, List.of(field)), StructCode.maker(constructor))));
		}
		if (union.fields().stream().allMatch((field) -> field.type() == union)) {
			throw new IllegalArgumentException(
					type.getName() + ": needs one of itself (expected: a member of another type)");
		}
	}

	private void open(Struct struct, Class<?> type, Constructor<?> constructor) {
		List<StructCode.Part> parts = StructCode.parts(type, constructor);
		List<Field> fields = new ArrayList<>();
		Set<Integer> seen = new HashSet<>();
		List<Class<?>> needed = new ArrayList<>();
		this.needs.put(type, needed);
		for (StructCode.Part part : parts) {
			ThriftField said = part.said();
			if (said == null) {
				throw new IllegalArgumentException(type.getName() + "." + part.name()
						+ ": without an id (expected: @ThriftField with the id of the field)");
			}
			Field field = field(part, fields.size(), said, type.getName(), seen);
			fields.add(field);
			if (field.required() && field.type() instanceof Struct) {
				needed.add(field.type().javaType());
			}
		}
		checkRecursion(type, type, new HashSet<>());
		struct.open(new FieldSet(type.getSimpleName(), fields),
				RecordCode.of(StructCode.writer(type.getSimpleName(), parts, fields), StructCode.maker(constructor)));
	}

	private Field field(StructCode.Part part, int position, ThriftField said, String type, Set<Integer> seen) {
		String where = type + "." + part.name();
		int id = checked(said.value(), where, seen);
		WireType wire = type(part.type(), where);
		return new Field(part.name(), new TField(part.name(), wire.id(), (short) id), wire, said.required(), position,
				StructCode.isPrimitive(part.type()));
	}

	static int checked(int id, String where, Set<Integer> seen) {
		if (id < 1 || id > Short.MAX_VALUE) {
			throw new IllegalArgumentException(where + ": id " + id + " (expected: 1 to 32767)");
		}
		if (!seen.add(id)) {
			throw new IllegalArgumentException(where + ": id " + id + " a second time (expected: one for each field)");
		}
		return id;
	}

	private void checkRecursion(Class<?> first, Class<?> from, Set<Class<?>> seen) {
		for (Class<?> needed : this.needs.getOrDefault(from, List.of())) {
			if (needed == first) {
				throw new IllegalArgumentException(first.getName() + ": needs one of itself, in " + from.getName()
						+ " (expected: a field that is not required, or a List)");
			}
			if (seen.add(needed)) {
				checkRecursion(first, needed, seen);
			}
		}
	}

	private static IllegalArgumentException noThrift(String where, Type type, String name) {
		@Nullable String remedy = REMEDIES.get(name);
		return wrong(where, type, "not a type of Thrift",
				(remedy != null) ? remedy
						: "a primitive, String, ByteBuffer, UUID, List, Set, Map, enum, record, sealed"
								+ " interface, or a class whose one constructor has @ThriftField at every parameter");
	}

	private static IllegalArgumentException wrong(String where, Type type, String reason, String expected) {
		return new IllegalArgumentException(
				where + ": " + type.getTypeName() + ", " + reason + " (expected: " + expected + ")");
	}

}
