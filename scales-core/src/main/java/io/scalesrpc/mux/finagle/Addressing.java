package io.scalesrpc.mux.finagle;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.scalesrpc.Internal;
import io.scalesrpc.mux.DtabEntry;
import io.scalesrpc.protocol.OptionReader;

/**
 * What every request of a client tells a Finagle server about its way: from whom, and
 * where to. <em>Immutable</em>.
 *
 * @param clientId who calls, for the server's statistics and quotas; empty for none
 * @param destination a Finagle path for servers that route, empty for none
 * @param dtab the delegation table sent with every request
 */
@Internal
public record Addressing(String clientId, String destination, List<DtabEntry> dtab) {

	private static final String CLIENT_ID = "client-id";

	private static final String DST = "dst";

	private static final String DTAB = "dtab";

	/** The names of the options. */
	public static final Set<String> NAMES = Set.of(CLIENT_ID, DST, DTAB);

	/** Copies the table. */
	public Addressing {
		dtab = List.copyOf(dtab);
	}

	/**
	 * Reads the options.
	 * @param reader has the options by name
	 * @return what they say
	 * @throws IllegalArgumentException if a value is not right
	 */
	public static Addressing of(OptionReader reader) {
		return new Addressing(reader.text(CLIENT_ID, ""), reader.text(DST, ""), dtab(reader));
	}

	/** Reads Finagle's form: {@code /s => /srv/local; /x => /y}. */
	private static List<DtabEntry> dtab(OptionReader reader) {
		List<DtabEntry> entries = new ArrayList<>();
		for (String rule : reader.text(DTAB, "").split(";")) {
			if (rule.isBlank()) {
				continue;
			}
			int arrow = rule.indexOf("=>");
			String prefix = (arrow > 0) ? rule.substring(0, arrow).trim() : "";
			if (!prefix.startsWith("/")) {
				throw OptionReader.bad(DTAB, rule.trim(), "rules such as /s => /srv/local, separated by ;");
			}
			entries.add(new DtabEntry(prefix, rule.substring(arrow + 2).trim()));
		}
		return entries;
	}

}
