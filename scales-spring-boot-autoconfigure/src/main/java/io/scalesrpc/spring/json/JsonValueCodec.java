package io.scalesrpc.spring.json;

import java.lang.reflect.Type;

import io.scalesrpc.protocol.ValueCodec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Values as JSON. <em>Thread-safe</em>, as the mapper is.
 *
 * @param mapper writes and reads
 */
record JsonValueCodec(JsonMapper mapper) implements ValueCodec {

	@Override
	public byte[] encode(Object value) {
		return this.mapper.writeValueAsBytes(value);
	}

	@Override
	public @Nullable Object decode(byte[] bytes, Type type) {
		return this.mapper.readValue(bytes, this.mapper.constructType(type));
	}

}
