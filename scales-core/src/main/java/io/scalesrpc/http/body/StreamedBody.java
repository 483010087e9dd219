package io.scalesrpc.http.body;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

/**
 * The body of an answer, part by part as it comes. It has one reader, a subscriber or an
 * {@link InputStream}, and the server sends no faster than that reads. Until it was read
 * to its end it holds its connection (HTTP/1.1) or stream (HTTP/2), so it must be read or
 * {@linkplain #close closed}; if for {@code body-idle-timeout} neither the reader asks
 * for a part nor the server sends one, it ends with an error. Whatever keeps the body
 * from being complete is an error too and never looks like its end. Implementations are
 * <em>thread-safe</em>.
 */
public interface StreamedBody extends Flow.Publisher<ByteBuffer>, AutoCloseable {

	/**
	 * Reads the body as its parts come. Signals run on the connection's event loop, where
	 * nothing may block. A part belongs to the subscriber. Cancelling closes the body.
	 * @param subscriber the only reader; another one is given an
	 * {@link IllegalStateException}
	 */
	@Override
	void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber);

	/**
	 * Reads the body as a stream of bytes that waits for them, on a thread that may. A
	 * few parts are fetched ahead. Closing it closes the body; an interrupt of a thread
	 * that reads does so too.
	 * @return the stream, which throws an {@link java.io.IOException} where the body
	 * breaks off or has another reader; for one thread at a time
	 */
	InputStream inputStream();

	/**
	 * Gives up what was not read: closes the connection of HTTP/1.1 unless all of it came
	 * already, resets the stream of HTTP/2. A reader gets an error. Has no effect on a
	 * body that was read to its end.
	 */
	@Override
	void close();

}
