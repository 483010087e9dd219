package io.scalesrpc.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import io.scalesrpc.call.InvalidSettingException;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Context;
import io.scalesrpc.protocol.ProtocolEnvironment;
import io.scalesrpc.protocol.ValueCodec;
import io.scalesrpc.time.Ticker;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Makes the records of a call. It runs on the caller's thread, so that who hands in
 * something that has no bytes hears of it at once, and what waits has a size.
 * <em>Thread-safe</em>, as serializers and codecs must be.
 */
final class RecordEncoder implements AutoCloseable {

	private final @Nullable Serializer<Object> keys;

	private final @Nullable Serializer<Object> values;

	private final @Nullable ValueCodec codec;

	private final @Nullable String deadlineHeader;

	private final Ticker ticker;

	private final Clock clock;

	RecordEncoder(KafkaSettings settings, Map<String, Object> configuration, @Nullable ValueCodec codec,
			ProtocolEnvironment environment) {
		KafkaSettings.Serializers names = settings.serializers();
		this.keys = serializer("kafka.key-serializer", names.key(), configuration, true);
		this.values = serializer("kafka.value-serializer", names.value(), configuration, false);
		this.codec = codec;
		this.deadlineHeader = settings.deadlineHeader();
		this.ticker = environment.ticker();
		this.clock = environment.clock();
	}

	@SuppressWarnings("unchecked") // a serializer takes what users hand it, or throws
	private static @Nullable Serializer<Object> serializer(String property, @Nullable String name,
			Map<String, Object> configuration, boolean isKey) {
		if (name == null) {
			return null;
		}
		try {
			ClassLoader loader = Thread.currentThread().getContextClassLoader();
			Object made = Class.forName(name, true, loader).getDeclaredConstructor().newInstance();
			Serializer<Object> serializer = (Serializer<Object>) made;
			serializer.configure(configuration, isKey);
			return serializer;
		}
		catch (ReflectiveOperationException | RuntimeException | LinkageError ex) {
			throw InvalidSettingException.because(property, property + ": " + name + " (expected: a class that is a "
					+ Serializer.class.getName() + " with a constructor without parameters; " + ex + ")", ex);
		}
	}

	/**
	 * Makes the records of a call.
	 * @param call a call of a {@link KafkaMethodSpec}
	 * @return one, or one for each payload of a list
	 * @throws RuntimeException if something of it has no bytes; the text says what
	 */
	List<ProducerRecord<byte[], byte[]>> encode(Call call) {
		KafkaMethodSpec spec = (KafkaMethodSpec) call.method();
		@Nullable Object[] arguments = call.arguments();
		int position = spec.parameters().payload();
		Object payload = (position >= 0) ? arguments[position] : null;
		String topic = topic(spec, call);
		if (!spec.result().isList()) {
			return List.of(record(call, topic, payload));
		}
		List<?> payloads = (List<?>) Objects.requireNonNull(payload, "payloads: null (expected: a list)");
		List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(payloads.size());
		payloads.forEach((each) -> records.add(record(call, topic, each)));
		return records;
	}

	private static String topic(KafkaMethodSpec spec, Call call) {
		String topic = call.options().get(KafkaMethodSpec.TOPIC);
		if (topic.isEmpty()) {
			topic = (spec.topic() != null) ? spec.topic() : (String) call.arguments()[spec.parameters().topic()];
		}
		if (topic == null || topic.isBlank()) {
			throw new IllegalArgumentException("topic: " + topic + " (expected: the name of a topic)");
		}
		return topic;
	}

	private ProducerRecord<byte[], byte[]> record(Call call, String topic, @Nullable Object payload) {
		KafkaMethodSpec.Parameters parameters = ((KafkaMethodSpec) call.method()).parameters();
		Headers headers = headers(call, parameters);
		Long timestamp = null;
		if (this.deadlineHeader != null) {
			long left = call.deadline().remainingNanos(this.ticker.nanos());
			headers.add(this.deadlineHeader, utf8(Math.max(0, TimeUnit.NANOSECONDS.toMillis(left))));
			timestamp = this.clock.millis();
		}
		byte[] key = (parameters.key() >= 0) ? key(topic, headers, call.arguments()[parameters.key()]) : null;
		byte[] value = value(topic, headers, payload);
		return new ProducerRecord<>(topic, null, timestamp, key, value, headers);
	}

	private static Headers headers(Call call, KafkaMethodSpec.Parameters parameters) {
		Headers headers = new RecordHeaders();
		Context context = call.context();
		for (int i = 0; i < context.size(); i++) {
			headers.add(context.key(i), context.value(i));
		}
		for (KafkaMethodSpec.HeaderParameter named : parameters.named()) {
			add(headers, named.name(), call.arguments()[named.position()]);
		}
		if (parameters.headers() >= 0 && call.arguments()[parameters.headers()] instanceof Map<?, ?> given) {
			given.forEach((name, value) -> add(headers, String.valueOf(name), value));
		}
		return headers;
	}

	private static void add(Headers headers, String name, @Nullable Object value) {
		if (value instanceof byte[] bytes) {
			headers.add(new RecordHeader(name, bytes));
		}
		else if (value != null) {
			headers.add(new RecordHeader(name, utf8(value)));
		}
	}

	private byte @Nullable [] key(String topic, Headers headers, @Nullable Object key) {
		if (key == null) {
			return null;
		}
		if (this.keys != null) {
			return serialized(this.keys, "kafka.key-serializer", topic, headers, key);
		}
		if (key instanceof Number || key instanceof UUID || key instanceof Enum<?>) {
			return utf8(key);
		}
		return bytes("key", key, "kafka.key-serializer");
	}

	private byte @Nullable [] value(String topic, Headers headers, @Nullable Object value) {
		if (this.values != null) {
			return serialized(this.values, "kafka.value-serializer", topic, headers, value);
		}
		return (value != null) ? bytes("payload", value, "kafka.value-serializer") : null;
	}

	/** Who is set for another class says so by a text of the virtual machine. */
	private static byte @Nullable [] serialized(Serializer<Object> serializer, String property, String topic,
			Headers headers, @Nullable Object value) {
		try {
			return serializer.serialize(topic, headers, value);
		}
		catch (ClassCastException ex) {
			String type = (value != null) ? value.getClass().getName() : "null";
			throw new IllegalArgumentException(property + ": " + serializer.getClass().getName()
					+ " (expected: a serializer that takes " + type + "; " + ex.getMessage() + ")", ex);
		}
	}

	private byte[] bytes(String what, Object value, String setting) {
		if (value instanceof byte[] bytes) {
			return bytes;
		}
		if (value instanceof CharSequence) {
			return utf8(value);
		}
		if (this.codec == null) {
			throw new IllegalArgumentException(
					what + ": of " + value.getClass().getName() + " (expected: byte[], a String, or " + setting + ")");
		}
		return this.codec.encode(value);
	}

	private static byte[] utf8(Object value) {
		return value.toString().getBytes(StandardCharsets.UTF_8);
	}

	/** What a record takes, roughly, while it waits. */
	static int size(ProducerRecord<byte[], byte[]> record) {
		int size = (record.key() != null) ? record.key().length : 0;
		size += (record.value() != null) ? record.value().length : 0;
		for (Header header : record.headers()) {
			size += header.key().length() + ((header.value() != null) ? header.value().length : 0);
		}
		return size;
	}

	@Override
	public void close() {
		if (this.keys != null) {
			this.keys.close();
		}
		if (this.values != null) {
			this.values.close();
		}
	}

}
