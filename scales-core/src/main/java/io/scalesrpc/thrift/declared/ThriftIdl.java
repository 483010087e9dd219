package io.scalesrpc.thrift.declared;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.scalesrpc.thrift.declared.Container.Listed;
import io.scalesrpc.thrift.declared.Container.Mapped;
import io.scalesrpc.thrift.declared.Container.Unordered;

/**
 * Writes the IDL of a service that has none, for compilers of other languages. What they
 * generate of it makes the same bytes.
 * <p>
 * <em>Confined to one thread</em>.
 */
public final class ThriftIdl {

	/** Names of fields, which are not on the wire, that compilers refuse. */
	private static final Set<String> RESERVED = Set.of("BEGIN", "END", "__CLASS__", "__DIR__", "__FILE__",
			"__FUNCTION__", "__LINE__", "__METHOD__", "__NAMESPACE__", "abstract", "alias", "and", "args", "as",
			"async", "begin", "binary", "bool", "byte", "clone", "const", "declare", "def", "del", "delete", "double",
			"dynamic", "elif", "elseif", "elsif", "end", "enddeclare", "endfor", "endforeach", "endif", "endswitch",
			"endwhile", "ensure", "enum", "except", "exception", "exec", "extends", "foreach", "from", "function",
			"global", "i16", "i32", "i64", "i8", "implements", "import", "in", "include", "inline", "instanceof",
			"interface", "is", "lambda", "list", "map", "module", "namespace", "native", "next", "nil", "not", "oneway",
			"optional", "or", "package", "pass", "print", "private", "protected", "public", "raise", "redo", "required",
			"rescue", "retry", "register", "self", "service", "set", "sizeof", "static", "string", "struct",
			"synchronized", "then", "throws", "transient", "typedef", "undef", "union", "unless", "unsigned", "until",
			"use", "uuid", "var", "virtual", "void", "volatile", "when", "with", "xor", "yield");

	/** By their names, each after those that it holds as far as that goes. */
	private final Map<String, String> definitions = new LinkedHashMap<>();

	private final Map<String, Class<?>> types = new LinkedHashMap<>();

	private ThriftIdl() {
	}

	/**
	 * Writes the IDL of a service.
	 * @param service an interface that is, or extends, a
	 * {@link io.scalesrpc.thrift.annotation.ThriftInterface}
	 * @return the text of a file
	 * @throws IllegalArgumentException if it is none, something of it cannot be Thrift,
	 * or two of its types have one simple name
	 */
	public static String of(Class<?> service) {
		Class<?> found = DeclaredInterface.find(service);
		if (found == null) {
			throw new IllegalArgumentException(
					service.getName() + ": without @ThriftInterface (expected: a service that has no IDL)");
		}
		return new ThriftIdl().text(found);
	}

	/**
	 * Prints the IDL of services, one after the other.
	 * @param services the names of their interfaces
	 * @throws ClassNotFoundException if there is no such class
	 */
	public static void main(String[] services) throws ClassNotFoundException {
		for (String service : services) {
			System.out.print(of(Class.forName(service)));
		}
	}

	private String text(Class<?> service) {
		StringBuilder methods = new StringBuilder();
		for (DeclaredMethod method : DeclaredInterface.methods(service)) {
			methods.append("  ").append(text(method)).append("\n");
		}
		StringBuilder text = new StringBuilder("// What " + service.getName() + " says.\n");
		if (!service.getPackageName().isEmpty()) {
			text.append("namespace * ").append(service.getPackageName()).append("\n");
		}
		this.definitions.values().forEach((definition) -> text.append("\n").append(definition));
		return text.append("\nservice " + service.getSimpleName() + " {\n").append(methods).append("}\n").toString();
	}

	private String text(DeclaredMethod method) {
		StringBuilder text = new StringBuilder();
		FieldSet results = method.result();
		String result = "void";
		StringBuilder exceptions = new StringBuilder();
		if (results == null) {
			text.append("oneway ");
		}
		else {
			for (Field field : results.fields()) {
				if (field.id() == 0) {
					result = name(field.type());
				}
				else {
					exceptions.append(exceptions.isEmpty() ? "" : ", ")
						.append(field.id() + ": " + name(field.type()) + " e" + field.id());
				}
			}
		}
		text.append(result).append(' ').append(method.name()).append('(');
		String separator = "";
		for (Field field : method.arguments().fields()) {
			text.append(separator).append(text(field, false));
			text.append(field.name().equals(method.said().routingKey()) ? " (scales.routing_key = \"true\")" : "");
			separator = ", ";
		}
		text.append(exceptions.isEmpty() ? ")" : ") throws (" + exceptions + ")");
		return text.append(method.said().idl()).toString();
	}

	private String text(Field field, boolean optional) {
		String need = optional ? "optional " : "";
		return field.id() + ": " + (field.required() ? "required " : need) + named(field);
	}

	/** The type as a field has it; what it is made of is defined. */
	private String name(WireType type) {
		if (type instanceof Listed list) {
			name(list.element());
		}
		else if (type instanceof Unordered set) {
			name(set.element());
		}
		else if (type instanceof Mapped map) {
			name(map.key());
			name(map.value());
		}
		else if (!(type instanceof Scalar)) {
			define(type);
		}
		return type.idl();
	}

	private void define(WireType type) {
		Class<?> before = this.types.putIfAbsent(type.idl(), type.javaType());
		if (before != null && before != type.javaType()) {
			throw new IllegalArgumentException(type.javaType().getName() + ": named as " + before.getName()
					+ " is (expected: simple names that differ; an IDL has no packages)");
		}
		if (before == null) {
			String definition = definition(type);
			this.definitions.put(type.idl(), definition);
		}
	}

	private String definition(WireType type) {
		StringBuilder text = new StringBuilder();
		if (type instanceof Numbered numbered) {
			text.append("enum ").append(type.idl()).append(" {\n");
			Object[] constants = type.javaType().getEnumConstants();
			for (int i = 0; i < constants.length; i++) {
				text.append("  " + free(((Enum<?>) constants[i]).name()) + " = " + numbered.numbers()[i] + "\n");
			}
			return text.append("}\n").toString();
		}
		boolean union = type instanceof Union;
		String kind = Throwable.class.isAssignableFrom(type.javaType()) ? "exception " : "struct ";
		text.append(union ? "union " : kind).append(type.idl()).append(" {\n");
		for (Field field : (type instanceof Union members) ? members.fields() : ((Struct) type).fields().fields()) {
			text.append("  ")
				.append(union ? field.id() + ": " + named(field) : text(field, !field.primitive()))
				.append("\n");
		}
		return text.append("}\n").toString();
	}

	private String named(Field field) {
		return name(field.type()) + " " + free(field.name());
	}

	private static String free(String name) {
		return RESERVED.contains(name) ? name + "_" : name;
	}

}
