package io.scalesrpc.cache;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.scalesrpc.call.MethodCodec;
import io.scalesrpc.call.MethodSpec;
import org.jspecify.annotations.Nullable;

/**
 * A method whose argument and result are lists of texts, which callers can change. A list
 * that begins with {@code secret} is not to be kept. <em>Immutable</em>.
 *
 * @param name its name
 */
record ListMethod(String name) implements MethodSpec, MethodCodec {

	@Override
	public String service() {
		return "Lists";
	}

	@Override
	public boolean oneway() {
		return false;
	}

	@Override
	public MethodCodec codec() {
		return this;
	}

	@Override
	public byte[] encodeArguments(@Nullable Object[] arguments) {
		return encodeResult(arguments[0]);
	}

	@Override
	public @Nullable Object[] decodeArguments(byte[] encoded) {
		return new Object[] { decodeResult(encoded) };
	}

	@Override
	public boolean mayKeep(Object result) {
		return !(result instanceof List<?> list && list.get(0).equals("secret"));
	}

	@Override
	@SuppressWarnings("unchecked")
	public byte[] encodeResult(Object result) {
		return String.join(",", (List<String>) result).getBytes(StandardCharsets.UTF_8);
	}

	@Override
	public Object decodeResult(byte[] encoded) {
		String text = new String(encoded, StandardCharsets.UTF_8);
		if (text.contains("#")) {
			throw new IllegalArgumentException("list: " + text + " (expected: no #)");
		}
		return new ArrayList<>(List.of(text.split(",")));
	}

}
