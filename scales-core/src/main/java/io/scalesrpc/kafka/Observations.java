package io.scalesrpc.kafka;

import org.apache.kafka.clients.producer.Producer;

/**
 * What calls find out on their way, for the client as a whole. Implementations are
 * <em>thread-safe</em> and never block.
 */
interface Observations {

	/** The first record of a call was handed over. */
	void attempt();

	/** A record was acknowledged. */
	void answered();

	/** How many answers there were so far. */
	long answers();

	/** A call ended for which no broker had said anything. */
	void unanswered(long answersBefore, String reason);

	/** The last acknowledgement of a call came after its end. */
	void late();

	/** The producer lacks something; returns what, in words. */
	String lacking(String topic, Throwable thrown);

	/** The producer, or a broker, refused a record or gave it up. */
	void failed(Producer<byte[], byte[]> producer, Throwable thrown);

}
