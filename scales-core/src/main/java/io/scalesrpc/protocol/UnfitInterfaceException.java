package io.scalesrpc.protocol;

import java.io.Serial;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.scalesrpc.call.InvalidSettingException;

/**
 * An interface has methods that cannot be called: which interface, for programs; the text
 * tells all of its methods that are not right, a line each. <em>Immutable</em>.
 */
public final class UnfitInterfaceException extends IllegalArgumentException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final transient Class<?> type;

	private UnfitInterfaceException(Class<?> type, List<IllegalArgumentException> all) {
		super(all.stream().map(Throwable::getMessage).collect(Collectors.joining("\n")), all.get(0));
		this.type = type;
	}

	/**
	 * Looks at methods of an interface, at all of them before it complains.
	 * @param type the interface
	 * @param methods its methods
	 * @param look finds out what one stands for, or says in the text of its exception
	 * which method is not right and why
	 * @param <R> what a method stands for
	 * @return what they stand for, in the same order
	 * @throws UnfitInterfaceException if some are not right
	 * @throws InvalidSettingException if the matter is a setting, or a library that is
	 * missing
	 */
	public static <R> Map<Method, R> each(Class<?> type, Iterable<Method> methods, Function<Method, R> look) {
		Map<Method, R> found = new LinkedHashMap<>();
		List<IllegalArgumentException> wrong = new ArrayList<>();
		for (Method method : methods) {
			try {
				found.put(method, look.apply(method));
			}
			catch (IllegalArgumentException ex) {
				if (isOfOthers(ex)) {
					throw ex;
				}
				wrong.add(ex);
			}
		}
		if (!wrong.isEmpty()) {
			throw new UnfitInterfaceException(type, wrong);
		}
		return found;
	}

	private static boolean isOfOthers(IllegalArgumentException thrown) {
		return thrown instanceof InvalidSettingException refusal
				&& (refusal.library() != null || refusal.setting().startsWith("methods."));
	}

	/**
	 * The interface whose methods they are.
	 * @return the interface
	 */
	public Class<?> type() {
		return this.type;
	}

}
