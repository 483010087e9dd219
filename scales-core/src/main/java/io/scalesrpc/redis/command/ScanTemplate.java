package io.scalesrpc.redis.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.lettuce.core.protocol.CommandType;

/**
 * Puts the cursor of a scan into its command: SCAN has it first, the others behind the
 * key. A template may have a 0 there. <em>Stateless</em>.
 */
final class ScanTemplate {

	private ScanTemplate() {
	}

	/**
	 * Makes the cursor a parameter.
	 * @param scan the command
	 * @param cursor the number of the parameter that is the cursor
	 */
	static CommandTemplate withCursor(CommandTemplate scan, int cursor) {
		int place = (scan.keyword() == CommandType.SCAN) ? 0 : 1;
		List<Object> parts = new ArrayList<>(scan.parts());
		if (parts.size() < place) {
			throw new IllegalArgumentException(scan.keyword() + " without a key (expected: the key as a parameter)");
		}
		if (parts.size() > place && parts.get(place) instanceof byte[] word
				&& Arrays.equals(word, new byte[] { '0' })) {
			parts.remove(place);
		}
		parts.add(place, cursor);
		return new CommandTemplate(scan.keyword(), parts, scan.words());
	}

}
