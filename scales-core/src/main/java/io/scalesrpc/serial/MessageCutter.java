package io.scalesrpc.serial;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Finds the end of messages in the bytes of one connection. It is asked again with more
 * bytes, from the same first one on, until a message is whole, and goes on where the
 * bytes had run out: a message in very many pieces costs no more than one in few.
 * <em>Confined to the connection's event loop</em>.
 */
public interface MessageCutter {

	/**
	 * Takes the next message out.
	 * @param in what has come and was not taken; the reader index is moved past the
	 * message, and only then
	 * @return the message, a part of {@code in} that is not retained, or {@code null} if
	 * bytes are missing
	 * @throws IllegalArgumentException if no message begins like this, or it would be too
	 * large
	 */
	@Nullable ByteBuf next(ByteBuf in);

}
