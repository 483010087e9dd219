package io.scalesrpc.redis.command;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.lettuce.core.dynamic.annotation.Param;
import io.lettuce.core.dynamic.batch.CommandBatching;
import io.lettuce.core.dynamic.domain.Timeout;
import io.scalesrpc.protocol.MethodShape;
import io.scalesrpc.protocol.UnfitInterfaceException;
import io.scalesrpc.protocol.ValueCodec;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which commands the methods of an interface stand for. <em>Immutable</em>.
 *
 * @param writer writes arguments
 * @param decoders makes results
 */
public record RedisContract(ArgumentWriter writer, Decoders decoders) {

	private static final Set<String> ANY_COMMAND = Set.of("command", "text", "bytes");

	/**
	 * Creates a contract.
	 * @param values makes bytes of objects and objects of bytes; null if there is none
	 */
	public RedisContract(@Nullable ValueCodec values) {
		this(new ArgumentWriter(values), new Decoders(values));
	}

	/** Whether it is another interface of the same client. */
	public boolean fits(Class<?> type) {
		try {
			return type.isInterface() && !bind(type).isEmpty();
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	public Map<Method, RedisMethod> bind(Class<?> type) {
		return bind(type, List.of(type.getMethods()));
	}

	Map<Method, RedisMethod> bind(Class<?> type, List<Method> all) {
		List<Method> own = all.stream().filter((method) -> Modifier.isAbstract(method.getModifiers())).toList();
		return UnfitInterfaceException.each(type, own, (method) -> bound(type, method));
	}

	private RedisMethod bound(Class<?> type, Method method) {
		try {
			return isAnyCommand(method) ? new AnyCommandSpec(type.getName(), CommandName.withoutSuffix(method),
					this.writer, this.decoders.of(new MethodShape(method).value())) : fixed(type, method);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(type.getName() + "." + method.getName() + ": " + ex.getMessage(), ex);
		}
	}

	private static boolean isAnyCommand(Method method) {
		return ANY_COMMAND.contains(CommandName.withoutSuffix(method))
				&& new MethodShape(method).parameterTypes().equals(List.of(String.class, Object[].class));
	}

	private RedisMethod fixed(Class<?> type, Method method) {
		MethodShape shape = new MethodShape(method);
		List<String> names = names(shape);
		boolean many = shape.isMany();
		String text = CommandName.of(type, method);
		CommandTemplate template = CommandTemplate.parse(text, names);
		if (many && Keyword.isScan(template.keyword())) {
			template = ScanTemplate.withCursor(template, names.size());
		}
		requirePermitted(template.words());
		requireWritable(shape);
		LeastArguments.require(template, shape.parameterTypes());
		Type result = shape.value();
		Decoder decoder = many ? Decoders::natural : this.decoders.of(result);
		ReplyShape.requireFit(template, shape.parameterTypes().toArray(Class<?>[]::new), result, many);
		RedisMethodSpec spec = new RedisMethodSpec(type.getName(), method.getName(), template, this.writer, decoder);
		return many ? new PagedCommandSpec(spec, names.size(), isEntry(result) ? 2 : 1, this.decoders.of(result))
				: spec;
	}

	private static void requirePermitted(List<String> words) {
		String reason = Refused.reason(words);
		if (reason != null) {
			throw new IllegalArgumentException(String.join(" ", words) + " " + reason
					+ " (expected: a command that is answered once; for this one a connection of its own, by Lettuce)");
		}
	}

	private void requireWritable(MethodShape shape) {
		for (Class<?> parameter : shape.parameterTypes()) {
			if (parameter == Timeout.class || parameter == CommandBatching.class) {
				throw new IllegalArgumentException("parameter " + parameter.getSimpleName() + " of Lettuce"
						+ " (expected: none; timeouts are settings or CallOptions, and calls of one moment are sent together)");
			}
			if (!this.writer.takes(parameter)) {
				throw new IllegalArgumentException("parameter of " + parameter.getName()
						+ " (expected: a text, a number, boolean, byte[], an enum, a collection, a map, an argument"
						+ " object of Lettuce; for other classes a codec of values, which a Spring application has"
						+ " with org.springframework.boot:spring-boot-starter-jackson)");
			}
		}
	}

	private static boolean isEntry(Type element) {
		return element instanceof ParameterizedType parameterized && parameterized.getRawType() == Map.Entry.class;
	}

	private static List<String> names(MethodShape shape) {
		List<String> names = new ArrayList<>();
		for (Parameter parameter : shape.parameters()) {
			Param given = parameter.getAnnotation(Param.class);
			names.add((given != null) ? given.value() : parameter.getName());
		}
		return names;
	}

}
