package io.scalesrpc.spring.http;

import java.util.List;

import io.scalesrpc.client.proxy.MethodCaller;
import io.scalesrpc.http.ScalesHttpClient;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * What carries requests in a native image, also those of a {@code RestClient} without an
 * interface. <em>Immutable</em>.
 */
final class ReadyClientHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
		for (Class<?> type : List.of(MethodCaller.class, ScalesHttpClient.class)) {
			hints.proxies().registerJdkProxy(type);
			hints.reflection().registerType(type, MemberCategory.INVOKE_PUBLIC_METHODS);
		}
	}

}
