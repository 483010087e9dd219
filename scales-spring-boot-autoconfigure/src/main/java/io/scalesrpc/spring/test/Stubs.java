package io.scalesrpc.spring.test;

import java.util.Map;
import java.util.TreeMap;

import io.scalesrpc.spring.client.ScalesConnectionDetails;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.env.Environment;

/**
 * The stubs of a context, and where their clients find them. <em>Thread-safe</em>.
 */
final class Stubs implements ScalesConnectionDetails, DisposableBean {

	private final Map<String, Stub> stubs = new TreeMap<>();

	/** Starts a server for each client. */
	Stubs(Map<String, Class<?>> types, Environment environment) {
		types.forEach((client, type) -> this.stubs.put(client, Stub.start(client, environment, type)));
	}

	@Override
	public @Nullable String uri(String client) {
		Stub stub = this.stubs.get(client);
		return (stub != null) ? stub.scripted().uri() : null;
	}

	Stub get(String client) {
		Stub stub = this.stubs.get(client);
		if (stub == null) {
			throw new IllegalStateException(
					"@ScalesStub(\"" + client + "\"): unknown (expected: one of " + this.stubs.keySet() + ")");
		}
		return stub;
	}

	@Override
	public void destroy() {
		this.stubs.values().forEach(Stub::close);
	}

}
