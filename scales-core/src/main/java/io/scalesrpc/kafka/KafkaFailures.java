package io.scalesrpc.kafka;

import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.NotEnoughReplicasAfterAppendException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedForMessageFormatException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a call whose record the producer did not take, or the brokers did not
 * acknowledge: whether the record may be in the log, and what can be done.
 * <em>Stateless</em>.
 */
final class KafkaFailures {

	/** How a text begins where nobody has said anything. */
	static final String NO_ANSWER = "no broker has answered where topic ";

	private KafkaFailures() {
	}

	/** Whether the record was not taken for want of something that may come. */
	static boolean mayPass(Throwable thrown) {
		return (thrown instanceof TimeoutException && !isRefusedTopic(thrown.getCause())) || isOfAnotherTime(thrown);
	}

	/** Whether the producer is closed, being replaced, or the caller was interrupted. */
	static boolean isOfAnotherTime(Throwable thrown) {
		return thrown instanceof IllegalStateException || thrown instanceof InterruptException;
	}

	private static boolean isRefusedTopic(@Nullable Throwable cause) {
		return cause instanceof AuthorizationException || cause instanceof InvalidTopicException;
	}

	/**
	 * Whether the producer is of no use any more. Kafka does not say so of one that was
	 * not let in, but an idempotent one then waits for its id for ever.
	 */
	static boolean isFatal(Throwable thrown) {
		return isFailed(thrown) || thrown instanceof AuthenticationException
				|| thrown instanceof ProducerFencedException || thrown instanceof InvalidProducerEpochException
				|| thrown instanceof ClusterAuthorizationException
				|| thrown instanceof TransactionalIdAuthorizationException
				|| thrown instanceof UnsupportedVersionException;
	}

	/** Whether the producer has failed before, and says nothing of the record. */
	static boolean isFailed(Throwable thrown) {
		return thrown.getClass() == KafkaException.class;
	}

	/** Why a record waits, or waited in vain. */
	static String lacking(String topic, Throwable thrown, long bufferMemory) {
		Throwable cause = thrown.getCause();
		if (isOfAnotherTime(thrown)) {
			return "the producer is being replaced";
		}
		if (thrown instanceof BufferExhaustedException) {
			return "kafka.buffer-memory of " + bufferMemory
					+ " bytes is full: records come faster than brokers acknowledge them";
		}
		if (cause instanceof UnknownTopicOrPartitionException) {
			return "topic " + topic + " does not exist (expected: one that the brokers have, or that they create)";
		}
		if (cause != null) {
			return "topic " + topic + ": " + cause.getMessage();
		}
		return (thrown instanceof TimeoutException) ? NO_ANSWER + topic + " is" : String.valueOf(thrown.getMessage());
	}

	/** The end of a call whose record the producer refused; it is in no log. */
	static Failure refused(String topic, Throwable thrown) {
		Throwable refusal = thrown.getCause();
		Throwable cause = (refusal != null && isRefusedTopic(refusal)) ? refusal : thrown;
		if (cause instanceof AuthenticationException) {
			return Failure.of(
					FailureKind.NOT_SENT, "the brokers do not believe who this client is, or this client who they are: "
							+ cause.getMessage() + " (expected: kafka.sasl and ssl.bundle as the brokers have it)",
					cause);
		}
		if (cause instanceof SerializationException) {
			return Failure.of(FailureKind.INTERNAL, "topic " + topic + ": " + cause.getMessage(), cause);
		}
		if (cause instanceof ApiException) {
			return never(topic, cause, cause instanceof AuthorizationException);
		}
		// Nobody can tell how far the producer came with it.
		return Failure.of(FailureKind.CONNECTION_LOST,
				"topic " + topic + ": the producer failed: " + cause.getMessage(), cause);
	}

	/** The end of a call whose record was handed over and not acknowledged. */
	static Failure unacknowledged(String topic, Throwable thrown) {
		if (isRefusal(thrown)) {
			return never(topic, thrown, true);
		}
		return Failure.of(FailureKind.CONNECTION_LOST, "topic " + topic + ": " + meaning(thrown)
				+ "; the record may have been written (" + thrown.getMessage() + ")", thrown);
	}

	private static String meaning(Throwable thrown) {
		if (thrown instanceof TimeoutException) {
			return "not acknowledged within kafka.delivery-timeout";
		}
		if (thrown instanceof NotEnoughReplicasAfterAppendException) {
			return "written by fewer brokers than min.insync.replicas asks for";
		}
		if (thrown instanceof OutOfOrderSequenceException) {
			return "an earlier batch was lost, and the broker refuses what follows";
		}
		if (thrown instanceof ProducerFencedException || thrown instanceof InvalidProducerEpochException) {
			return "the brokers take records from another producer in the place of this one";
		}
		return "not acknowledged";
	}

	/** What a broker checks before it writes. */
	private static boolean isRefusal(Throwable thrown) {
		return thrown instanceof AuthorizationException || thrown instanceof RecordTooLargeException
				|| thrown instanceof RecordBatchTooLargeException || thrown instanceof InvalidRecordException
				|| thrown instanceof PolicyViolationException || thrown instanceof InvalidTimestampException
				|| thrown instanceof InvalidTopicException || thrown instanceof UnsupportedForMessageFormatException
				|| thrown instanceof UnknownTopicOrPartitionException;
	}

	/** Sending the same again would end the same. */
	private static Failure never(String topic, Throwable cause, boolean byServer) {
		String text = "topic " + topic + ": not written: " + cause.getMessage() + expected(cause);
		return new Failure(FailureKind.NOT_SENT, text, cause, true, byServer);
	}

	private static String expected(Throwable cause) {
		if (cause instanceof RecordTooLargeException || cause instanceof RecordBatchTooLargeException) {
			return " (expected: kafka.max-request-size, and max.message.bytes of the topic, as large as the record)";
		}
		if (cause instanceof InvalidTopicException) {
			return " (expected: at most " + KafkaMethodSpec.MAX_TOPIC + " letters, digits, '.', '_' and '-')";
		}
		if (cause instanceof ClusterAuthorizationException) {
			return " (expected: the right to IdempotentWrite on the cluster, or kafka.idempotence: false)";
		}
		if (cause instanceof AuthorizationException) {
			return " (expected: the right to Write to the topic)";
		}
		return "";
	}

}
