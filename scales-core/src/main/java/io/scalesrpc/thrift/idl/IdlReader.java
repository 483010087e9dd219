package io.scalesrpc.thrift.idl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.scalesrpc.thrift.idl.Token.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Reads what an IDL says of its services in annotations that begin with {@code scales.}.
 * Whether the rest is right is for a compiler to say. <em>Confined to one thread</em>.
 */
final class IdlReader {

	private static final String OURS = "scales.";

	/** Not all compilers refuse the other spelling. */
	private static final Set<String> ROUTING_KEY = Set.of("scales.routing_key", "scales.routing-key");

	private final IdlScanner in;

	private final List<Service> services = new ArrayList<>();

	private String javaPackage = "";

	private String anyPackage = "";

	private IdlReader(IdlScanner in) {
		this.in = in;
	}

	/**
	 * Reads a file.
	 * @param file its name, for texts
	 * @param text what it holds
	 * @return its services
	 * @throws IllegalArgumentException if an annotation is none of ours, or stands where
	 * it has no effect; says the file and the line
	 */
	static List<Service> read(String file, String text) {
		IdlReader reader = new IdlReader(new IdlScanner(file, text));
		reader.document();
		String found = reader.javaPackage.isEmpty() ? reader.anyPackage : reader.javaPackage;
		return reader.services.stream().map((service) -> service.in(found)).toList();
	}

	private void document() {
		while (!this.in.peek().isEnd()) {
			if (this.in.skip("namespace")) {
				namespace();
			}
			else if (this.in.skip("java_package")) {
				this.javaPackage = this.in.word();
			}
			else if (this.in.skip("service")) {
				service();
			}
			else {
				skip();
			}
		}
	}

	private void namespace() {
		String language = this.in.take().text();
		String name = this.in.word();
		if (language.equals("java")) {
			this.javaPackage = name;
		}
		else if (language.equals("*")) {
			this.anyPackage = name;
		}
	}

	private void service() {
		String name = this.in.word();
		if (this.in.skip("extends")) {
			this.in.word();
		}
		this.in.require("{");
		Map<String, AnnotatedMethod> methods = new LinkedHashMap<>();
		while (!this.in.skip("}")) {
			method(methods);
		}
		AnnotatedMethod all = this.in.skip("(") ? annotations() : AnnotatedMethod.NONE;
		methods.replaceAll((method, own) -> own.over(all));
		this.services.add(new Service(name, methods));
	}

	private void method(Map<String, AnnotatedMethod> methods) {
		if (!this.in.skip("oneway")) {
			this.in.skip("async");
		}
		type();
		String name = this.in.word();
		this.in.require("(");
		String key = parameters();
		if (this.in.skip("throws")) {
			this.in.require("(");
			skipTo(")");
		}
		AnnotatedMethod said = this.in.skip("(") ? annotations() : AnnotatedMethod.NONE;
		methods.put(name, (key != null) ? said.with("routing-key", key) : said);
		if (!this.in.skip(",")) {
			this.in.skip(";");
		}
	}

	/**
	 * Passes over parameters, and returns the name of the one that is the routing key.
	 */
	private @Nullable String parameters() {
		String key = null;
		String name = "";
		boolean isDefault = false;
		int depth = 0;
		while (!this.in.skip(")")) {
			Token token = this.in.peek();
			if (token.is("(")) {
				key = annotationsOf(name, key);
				continue;
			}
			skip();
			depth += isOneOf(token, "[", "{") ? 1 : 0;
			depth -= isOneOf(token, "]", "}") ? 1 : 0;
			isDefault = token.is("=") || isDefault && (depth > 0 || !isOneOf(token, ",", ";"));
			name = (token.kind() == Kind.WORD && !isDefault) ? token.text() : name;
		}
		return key;
	}

	private static boolean isOneOf(Token token, String one, String other) {
		return token.is(one) || token.is(other);
	}

	/** Those of a parameter, or of its type: then the name will be none of the method. */
	private @Nullable String annotationsOf(String parameter, @Nullable String key) {
		String found = key;
		this.in.take();
		while (!this.in.skip(")")) {
			Token name = this.in.peek();
			String value = annotation();
			if (!ROUTING_KEY.contains(name.text())) {
				requireOfOthers(name);
			}
			else if (isTrue(name, value)) {
				if (found != null) {
					throw this.in.wrong(name, "behind one parameter of a method");
				}
				found = parameter;
			}
		}
		return found;
	}

	private boolean isTrue(Token name, String value) {
		try {
			return AnnotatedMethod.truth(value);
		}
		catch (IllegalArgumentException ex) {
			throw this.in.wrong(name, String.valueOf(ex.getMessage()));
		}
	}

	private void type() {
		this.in.word();
		cppType();
		if (this.in.skip("<")) {
			skipTo(">");
			cppType();
		}
		if (this.in.peek().is("(")) {
			skip();
		}
	}

	private void cppType() {
		if (this.in.skip("cpp_type")) {
			this.in.take();
		}
	}

	private void skipTo(String end) {
		while (!this.in.skip(end)) {
			skip();
		}
	}

	/** Passes over one token, a type in angle brackets, or annotations. */
	private void skip() {
		Token token = this.in.take();
		if (token.isEnd()) {
			throw this.in.wrong(token, "more");
		}
		if (token.is("<")) {
			skipTo(">");
		}
		else if (token.is("(")) {
			annotationsOfOthers();
		}
	}

	/** Those of fields, types, structs. */
	private void annotationsOfOthers() {
		while (!this.in.skip(")")) {
			Token name = this.in.peek();
			annotation();
			requireOfOthers(name);
		}
	}

	private void requireOfOthers(Token name) {
		if (ROUTING_KEY.contains(name.text())) {
			throw this.in.wrong(name, "behind a parameter of a method");
		}
		if (name.text().startsWith(OURS)) {
			throw this.in.wrong(name, "behind a method or a service");
		}
	}

	private AnnotatedMethod annotations() {
		AnnotatedMethod said = AnnotatedMethod.NONE;
		while (!this.in.skip(")")) {
			Token name = this.in.peek();
			String value = annotation();
			if (ROUTING_KEY.contains(name.text())) {
				requireOfOthers(name);
			}
			if (name.text().startsWith(OURS)) {
				said = with(said, name, value);
			}
		}
		return said;
	}

	private AnnotatedMethod with(AnnotatedMethod said, Token name, String value) {
		try {
			return said.with(name.text().substring(OURS.length()), value);
		}
		catch (IllegalArgumentException ex) {
			throw this.in.wrong(name, String.valueOf(ex.getMessage()));
		}
	}

	/** Takes one, and returns its value; without one it is true. */
	private String annotation() {
		this.in.word();
		Token value = this.in.skip("=") ? this.in.take() : new Token(Kind.QUOTED, "true", 0);
		if (value.kind() != Kind.QUOTED) {
			throw this.in.wrong(value, "a text in quotes");
		}
		if (!this.in.skip(",")) {
			this.in.skip(";");
		}
		return value.text();
	}

	/**
	 * A service. <em>Immutable</em>.
	 *
	 * @param name that of its generated class
	 * @param methods what is said of each
	 */
	record Service(String name, Map<String, AnnotatedMethod> methods) {

		Service in(String javaPackage) {
			return javaPackage.isEmpty() ? this : new Service(javaPackage + "." + this.name, this.methods);
		}

	}

}
