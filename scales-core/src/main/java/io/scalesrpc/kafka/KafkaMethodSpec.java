package io.scalesrpc.kafka;

import java.util.List;
import java.util.regex.Pattern;

import io.scalesrpc.Internal;
import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Checks;
import io.scalesrpc.call.MethodSpec;
import org.jspecify.annotations.Nullable;

/**
 * A method that sends records to a topic, and what its parameters are. Its name is that
 * in Java, so that metrics have as many rows as an interface has methods, and not as many
 * as there are topics. <em>Immutable</em>.
 *
 * @param service the interface
 * @param name the name of the method
 * @param topic where its records go; {@code null} if a parameter says it
 * @param parameters which parameter is what
 * @param result what the caller gets
 */
@Internal
public record KafkaMethodSpec(String service, String name, @Nullable String topic, Parameters parameters,
		Result result) implements MethodSpec {

	/** Another topic than its own, for the methods that have a setting for it. */
	public static final CallOptions.Key<String> TOPIC = new CallOptions.Key<>("topic", "");

	/** How long the name of a topic may be. */
	static final int MAX_TOPIC = 249;

	private static final Pattern TOPIC_NAME = Pattern.compile("[A-Za-z0-9._-]{1," + MAX_TOPIC + "}");

	/**
	 * Checks the name of a topic that does not depend on a call.
	 * @param name what is called
	 * @param topic the topic
	 * @throws IllegalArgumentException if Kafka has no topics of that name
	 */
	public static void requireTopic(String name, String topic) {
		Checks.require(TOPIC_NAME.matcher(topic).matches() && !topic.equals(".") && !topic.equals(".."), name,
				"'" + topic + "'", "the name of a topic: at most " + MAX_TOPIC + " letters, digits, '.', '_' and '-'");
	}

	/** A method whose caller waits for nothing asks for no answer. */
	@Override
	public boolean oneway() {
		return this.result == Result.DETACHED || this.result == Result.DETACHED_RECORDS;
	}

	/** What the caller gets. */
	public enum Result {

		/** Where the record was written. */
		RECORD,

		/** The payload is a list of payloads, and the result where each was written. */
		RECORDS,

		/** Nothing, once the record was written. */
		NOTHING,

		/** Nothing, once the payloads of a list were written. */
		NOTHING_OF_RECORDS,

		/** Nothing, and at once. */
		DETACHED,

		/** Nothing, and at once; the payload is a list of payloads. */
		DETACHED_RECORDS;

		/**
		 * Whether the payload is a list of payloads.
		 * @return {@code true} if each of its elements is a record
		 */
		public boolean isList() {
			return this == RECORDS || this == NOTHING_OF_RECORDS || this == DETACHED_RECORDS;
		}

	}

	/**
	 * Which parameter is what, by position from 0; -1 for none. <em>Immutable</em>.
	 *
	 * @param topic the topic, a text
	 * @param key the key of the record
	 * @param payload the payload
	 * @param headers a map of headers
	 * @param named single headers
	 */
	public record Parameters(int topic, int key, int payload, int headers, List<HeaderParameter> named) {

		/** Copies the list. */
		public Parameters {
			named = List.copyOf(named);
		}

		/**
		 * A method that has a payload and nothing else.
		 * @param position of the payload
		 * @return the parameters
		 */
		public static Parameters payloadAt(int position) {
			return new Parameters(-1, -1, position, -1, List.of());
		}

	}

	/**
	 * A parameter that is a header. <em>Immutable</em>.
	 *
	 * @param name the name of the header
	 * @param position of the parameter, from 0
	 */
	public record HeaderParameter(String name, int position) {
	}

}
