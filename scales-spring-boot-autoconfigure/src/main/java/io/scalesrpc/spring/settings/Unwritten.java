package io.scalesrpc.spring.settings;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;

/**
 * Sections of settings of which nobody has written anything. To make one, Spring turns
 * the text of each of its defaults into a value, for each client anew; most clients write
 * of few sections, and so each is made once and shared. <em>Thread-safe</em>.
 */
final class Unwritten {

	private static final ClassValue<Object> SECTIONS = new ClassValue<>() {
		@Override
		protected Object computeValue(Class<?> type) {
			return new Binder(List.of()).bindOrCreate("unwritten", Bindable.of(type));
		}
	};

	private Unwritten() {
	}

	/** The section, or one of its type that has its defaults. */
	static <T> T or(@Nullable T section, Class<T> type) {
		return (section != null) ? section : type.cast(SECTIONS.get(type));
	}

}
